"""Verdier i serier, regnet ut for kontrollnotatbøkene med pandas og uten noe av programmet.

En verdi leses av den nyeste arkiverte råfila som har den, slik oppskriften sier. Har ingen fil den, leses den av serien.
"""

import json
import re
import warnings
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pandas as pd

DATA = Path("../../data")
SERIER = "serier/"
MAANEDER = "januar februar mars april mai juni juli august september oktober november desember".split()
LANDET = {"landet", "hele landet", "norge", "alle fylker"}


def tall_etter_regel(enhet=""):
    """Verdien av hvert tall som er navngitt i `tall.csv`.

    Et tall som finnes for hvert sted, er det for `enhet`, koden til stedet notatet lages for. Med @ er det fylkets og
    landets. Mangler kilden verdien for stedet, er det ikke noe tall.
    """
    if not (DATA / "tall.csv").exists():
        return pd.Series(dtype=float)
    regler = _tabell("tall").set_index("id")[["tabell", "maal", "gruppe", "sted", "periode"]]
    hvert_sted = regler["sted"] == "enheten"
    funnet = {navn: i_serien(*regel) for navn, regel in regler[~hvert_sted].iterrows()}
    steder = {"": enhet, "@fylket": enhet[:2], "@landet": "0"} if enhet else {}
    for navn, (tabell, maal, gruppe, _, periode) in regler[hvert_sted].iterrows():
        for endelse, kode in steder.items():
            sted = kode if tabell.startswith(SERIER) else _steder()[kode]
            try:
                funnet[navn + endelse] = i_serien(tabell, maal, gruppe, sted, periode)
            except (KeyError, ValueError):
                pass
    return pd.Series(funnet, dtype=float)


def i_serien(tabell, maal, gruppe, sted, periode):
    """Verdien i en bestemt periode, eller i den siste eller første som har en verdi, noen år før."""
    rader = _tabell(tabell)
    if tabell.startswith(SERIER):
        sted = sted if sted.isdigit() else _steder().pipe(lambda navn: navn.index[navn == sted][0])
        valgt = rader[(rader["gruppe"] == gruppe) & (rader["sted"] == sted)]
    else:
        valgt = rader[(rader["maal"] == maal) & (rader["gruppe"] == gruppe) & (rader["geografi"] == sted)]
    verdier = valgt.set_index("periode")["verdi"]
    anker, _, antall = re.sub(" ?[−–-] ?(?=[0-9]+ år$)", "|", periode).removesuffix(" år").partition("|")
    tid = {"siste": max, "første": min}.get(anker, lambda _: anker)(verdier.index[verdier != ""])
    tid = _aar_foer(tid, int(antall or 0))
    funnet = av_raafil(tabell.removeprefix(SERIER), gruppe, sted, tid) if tabell.startswith(SERIER) else None
    return float(verdier[tid]) if funnet is None else funnet


def av_raafil(serie, gruppe, sted, periode):
    """Verdien i den nyeste arkiverte fila som har den; ingen når ingen fil har den."""
    arkiv = DATA / "raa/arkiv.json"
    filer = json.loads(arkiv.read_text(encoding="utf-8"))["filer"] if arkiv.exists() else []
    for fil in reversed([fil for fil in filer if fil["oppskrift"] == serie]):
        oppskrift = json.loads((DATA / f"oppskrifter/{serie}.json").read_text(encoding="utf-8"))
        les = _serie if "serie" in fil["foresporsel"] else _jsonstat if "jsonstat" in oppskrift else _kolonner
        celler = list(les(fil, oppskrift, gruppe, sted, periode))
        assert len(celler) < 2, f"{len(celler)} celler i {fil['fil']} er {gruppe} {sted} {periode}"
        if celler:
            return _tall(celler[0])
    return None


def _serie(fil, _oppskrift, gruppe, sted, periode):
    """Serien slik den var før den første fila kom."""
    rader = pd.read_csv(DATA / "raa" / fil["fil"], dtype=str, keep_default_na=False)
    return rader.loc[(rader["gruppe"] == gruppe) & (rader["sted"] == sted) & (rader["periode"] == periode), "verdi"]


def _kolonner(fil, oppskrift, gruppe, sted, periode):
    """Cellene i en CSV-fil eller et regneark."""
    for lest in fil["lest"].get("flere", []):  # flere ark som er én tabell
        yield from _kolonner({**fil, "lest": lest | {"arknavn": lest["ark"]}}, oppskrift, gruppe, sted, periode)
    if "flere" in fil["lest"]:
        return
    spec, lest = oppskrift["fil"], fil["lest"]
    tabell = _celler(fil["fil"], lest["ark"], lest["tegnsett"], lest["skilletegn"], lest["hode"])
    tabell = tabell.reindex(columns=lest["kolonner"].values()).fillna("").set_axis(lest["kolonner"], axis=1)
    tabell = tabell.map(lambda tekst: " ".join(tekst.split())).assign(**{"arknavn": lest.get("arknavn", "")})
    aar = str(fil["foresporsel"].get("aar") or (periode[:4] if periode[:4] in lest["aar"] and "aar" in spec else ""))
    skrevet = {tekst.casefold() for tekst in _skrivemaater(periode, aar)}

    def sammen(kolonner, skille=" "):
        return tabell.apply(lambda rad: skille.join(filter(None, (rad[navn] for navn in kolonner))), axis=1)

    stedet = sammen(spec.get("sted", []))
    med = stedet.map(lambda tekst: _er_stedet(tekst, sted, oppskrift) and not _utelatt(tekst, spec))
    med &= sammen(spec.get("gruppe", []), ", ") == gruppe
    for kolonne, tekst in spec.get("bare", {}).items():
        med &= tabell[kolonne].map(lambda celle, tekst=tekst: celle == tekst or fnmatchcase(celle, tekst))
    if spec["verdi"] in tabell and spec.get("periode"):
        med &= sammen(spec["periode"]).map(lambda tekst: tekst.casefold() in skrevet)
        kolonner = [spec["verdi"]]
    elif spec["verdi"] in tabell:
        kolonner = [spec["verdi"]] if fil["foresporsel"].get("fast_periode", "").casefold() in skrevet else []
    else:
        kolonner = [navn for navn in tabell if _uten_periode(navn, skrevet) == spec["verdi"]]
    # Excel viser noen celler som prosent, og lagrer dem som andeler.
    ganger = {kolonne: 100 if kolonne in lest["prosent"] else 1 for kolonne in kolonner}
    tegn = oppskrift.get("tegn", {})
    for kolonne in kolonner:
        celler = (tegn.get(celle, celle) for celle in tabell.loc[med, kolonne] if celle)
        yield from (ganger[kolonne] * _tall(celle, lest.get("desimaltegn", "")) for celle in celler)


def _jsonstat(fil, oppskrift, gruppe, sted, periode):
    """Cellene i et svar etter JSON-stat."""
    spec = oppskrift["jsonstat"]
    tre = json.loads((DATA / "raa" / fil["fil"]).read_text(encoding="utf-8-sig"))
    sett = [tre] if "value" in tre else tre["link"]["item"] if "link" in tre else [*tre.values()]
    tre = sett[spec.get("datasett", 1) - 1]
    navn = tre.get("id") or tre["dimension"]["id"]
    skrevet = {tekst.casefold() for tekst in _skrivemaater(periode, "")}
    plasser = [0]
    grupper = [""]
    for dimensjon in navn:
        kategori = tre["dimension"][dimensjon]["category"]
        merker = kategori.get("label", {})
        koder = kategori.get("index", list(merker))
        koder = sorted(koder, key=koder.get) if isinstance(koder, dict) else koder
        valgt = []
        for plass, kode in enumerate(koder):
            merke = " ".join(re.sub("<[^>]*>", "", merker.get(kode, kode)).split())
            if dimensjon == spec["periode"]:
                passer = kode.casefold() in skrevet
            elif dimensjon == spec.get("sted"):
                passer = _er_stedet(re.sub("^[KF]-", "", kode if merke == kode else f"{kode} {merke}"), sted, oppskrift)
            else:
                passer = spec.get("bare", {}).get(dimensjon, kode) == kode
            if passer:
                valgt.append((plass, merke if dimensjon in spec.get("gruppe", []) else ""))
        par = [(a * len(koder) + b, ", ".join(filter(None, (g, h)))) for a, g in zip(plasser, grupper) for b, h in valgt]
        plasser, grupper = [a for a, _ in par], [g for _, g in par]
    verdier = tre["value"]
    verdi = (lambda plass: verdier.get(str(plass))) if isinstance(verdier, dict) else verdier.__getitem__
    return [verdi(plass) for plass, navn in zip(plasser, grupper) if navn == gruppe and verdi(plass) is not None]


@cache
def _celler(fil, ark, tegnsett, skilletegn, hode):
    sti = DATA / "raa" / fil
    if ark:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # om stiler, som ikke sier noe om cellene
            return pd.read_excel(sti, sheet_name=ark, header=None, dtype=str).fillna("").iloc[hode:]
    lengst = max(map(len, (linje.split(skilletegn) for linje in sti.read_text(encoding=tegnsett).splitlines())))
    valg = {"header": None, "names": range(lengst), "dtype": str, "keep_default_na": False, "skip_blank_lines": False}
    return pd.read_csv(sti, sep=skilletegn, encoding=tegnsett, skiprows=hode, **valg)


@cache
def _tabell(navn):
    return pd.read_csv(DATA / f"{navn}.csv", dtype=str, keep_default_na=False)


def _steder():
    return _tabell("steder").set_index("kode")["navn"]


def _er_stedet(tekst, kode, oppskrift):
    """Om teksten er stedet: etter oppskriften, koden foran, eller navnet."""
    tekst = tekst or oppskrift.get("fast_sted", "")
    if tekst in oppskrift.get("steder", {}):
        return oppskrift["steder"][tekst] == kode
    foran = tekst.partition(" ")[0]
    if re.fullmatch("[0-9]{2}|[0-9]{4}|0", foran) and int(foran):
        return foran == kode
    landet = foran in ("0", "00") or tekst.casefold() in LANDET
    return kode == "0" if landet else tekst.partition(" - ")[0].casefold() == _steder()[kode].casefold()


def _utelatt(tekst, spec):
    return any(tekst == moenster or fnmatchcase(tekst, moenster) for moenster in spec.get("uten", []))


def _skrivemaater(periode, aar):
    """Måtene en kilde kan skrive perioden på; uten årstall når `aar` sier året."""
    delt = re.fullmatch("([0-9]{4})(?:-([0-9]{2})|([KHU])([0-9]+)|–([0-9]{2}|[0-9]{4}))?(?:-([0-9]{2}))?", periode)
    aaret, maaned, del_, nummer, neste, dag = delt.groups() if delt else (None,) * 6
    if dag:
        navn = MAANEDER[int(maaned) - 1]
        yield from (periode, f"{int(dag)}.{int(maaned)}.{aaret}", f"{dag}.{maaned}.{aaret}", f"{periode} 00:00:00")
        yield from (f"{foran}{int(dag)}. {navn} {aaret}" for foran in ("", "per ", "pr. "))
    elif maaned:
        navn = MAANEDER[int(maaned) - 1]
        yield from (periode, f"{aaret}M{maaned}", f"{aaret}{maaned}", f"{maaned}.{aaret}", f"{maaned}/{aaret}")
        yield from (f"{aaret} {maaned}", f"{aaret} {int(maaned)}")
        for ord_ in (navn, navn[:3], f"{navn[:3]}."):
            yield from (f"{ord_}{skille}{ar}" for skille in (" ", "-", ".", "") for ar in (aaret, aaret[2:]))
            yield from (f"{aaret}{skille}{ord_}" for skille in (" ", "-", ""))
            yield from [ord_] if aar == aaret else []
        yield from (f"{periode}-{nr:02} 00:00:00" for nr in range(1, 32))  # en dato som Excel viser som måned
    elif del_:
        nr, ord_ = int(nummer), {"K": "kvartal", "H": "halvår", "U": "uke"}[del_]
        for tegn in {"K": "KQ", "H": "HS", "U": "UW"}[del_]:
            yield from (f"{aaret}{skille}{tegn}{tall}" for skille in ("", " ", "-") for tall in (nr, nummer))
            yield from (f"{tegn}{nr}{skille}{ar}" for skille in ("", " ", "-") for ar in (aaret, aaret[2:]))
            yield from (f"{nr}{tegn}{ar}" for ar in (aaret, aaret[2:]))
        for navn in (f"{ord_} {nr}", f"{nr}. {ord_}", f"{nr}.{ord_}", *[f"{nr}. kv."] * (del_ == "K")):
            yield from (f"{navn} {aaret}", f"{navn} {aaret[2:]}", f"{aaret} {navn}", *[navn] * (aar == aaret))
        yield from (f"{aaret} {nr}", f"{aaret} {nummer}")  # to kolonner
    elif neste:
        hele = neste if len(neste) == 4 else f"{aaret[:2]}{neste}"
        for strek in ("-", "–", "/", "_", " - ", " – "):
            yield from (f"{foran}{aaret}{strek}{slutt}" for foran in ("", "skoleåret ") for slutt in (hele, hele[2:]))
    else:
        yield from (periode, f"år {periode}", f"{periode}_{periode}")


def _uten_periode(navn, skrevet):
    """Ordene i et kolonnenavn som har perioden først eller sist; ingen når den ikke har det."""
    for tekst in sorted(skrevet, key=len, reverse=True):
        if navn.casefold() == tekst:
            return ""
        for ord_, ved in ((navn[len(tekst) :], navn[: len(tekst)]), (navn[: -len(tekst)], navn[-len(tekst) :])):
            if ved.casefold() == tekst and ord_.strip(" .,:") != ord_:
                return ord_.strip(" .,:")
    return None


def _aar_foer(periode, antall):
    aar, resten = int(periode[:4]) - antall, periode[4:]
    skoleaar = re.fullmatch("–([0-9]{2})", resten)
    return f"{aar}–{(int(skoleaar[1]) - antall) % 100:02}" if skoleaar else f"{aar}{resten}"


def _tall(celle, desimaltegn=""):
    tekst = re.sub("(?:%|kr\\.?|kroner)$", "", re.sub(r"\s", "", str(celle)).replace("−", "-"))
    tusen = {",": ".", ".": ","}.get(desimaltegn, "")
    tekst = tekst.replace(tusen, "") if tusen and re.search(rf"^-?\d{{1,3}}(?:\{tusen}\d{{3}})+(?!\d)", tekst) else tekst
    return float(tekst.replace(",", "."))
