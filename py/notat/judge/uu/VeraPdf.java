import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.verapdf.core.EncryptedPdfException;
import org.verapdf.core.ModelParsingException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Judges PDF files by profiles of veraPDF: arguments are the profiles with commas between («ua1,3a»), then the files.
 *
 * Standard output has a line for each result, its fields separated by tabs: «failed», the number of the file, profile,
 * rule, message and place for each check that failed (at most 100 of a rule); «judged», the number of the file, profile,
 * «true» where the file conforms, and how many checks were made; «unreadable» and the number of the file.
 */
public class VeraPdf {
    private static final int MOST = 100;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (int number = 1; number < arguments.length; number++) {
            for (String profile : arguments[0].split(",")) {
                judge(number - 1, new File(arguments[number]), PDFAFlavour.byFlavourId(profile));
            }
        }
    }

    private static void judge(int number, File file, PDFAFlavour profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, MOST, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion check : result.getTestAssertions()) {
                String rule = check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber();
                print("failed", number, profile.getId(), rule, check.getErrorMessage(), check.getLocation().getContext());
            }
            print("judged", number, profile.getId(), result.isCompliant(), result.getTotalAssertions());
        } catch (ModelParsingException | EncryptedPdfException error) {
            print("unreadable", number);
        }
    }

    private static void print(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            line.append(line.length() > 0 ? "\t" : "").append(String.valueOf(field).replaceAll("\\s+", " "));
        }
        OUT.println(line);
    }
}
