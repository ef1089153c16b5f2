import java.io.File;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates a batch of PDF files in one JVM, whose start costs more than a hundred validations.
 * Arguments: flavour ids joined by commas (ua1,2a), then files.
 * Prints a line per file and flavour: path, flavour, PASS or FAIL, and the failed rules; tab-separated.
 */
public class ValidateAll {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < args.length; i++) {
            for (String id : args[0].split(",")) {
                System.out.println(args[i] + "\t" + id + "\t" + validate(new File(args[i]), PDFAFlavour.byFlavourId(id)));
            }
        }
    }

    private static String validate(File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            TreeMap<String, Integer> failed = new TreeMap<>();
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    failed.merge(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber(), 1, Integer::sum);
                }
            }
            return (result.isCompliant() ? "PASS" : "FAIL") + "\t" + failed;
        }
    }
}
