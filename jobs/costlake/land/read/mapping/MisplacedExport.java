package costlake.land.read.mapping;

import costlake.core.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Exports that are not what a source expects: they belong to another kind of source, or no kind
 * reads them. Recognises them by their header and says what to do.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
public enum MisplacedExport {
  /** The billing export to BigQuery. */
  GOOGLE(
      "a Google Cloud billing export from BigQuery",
      "Google Cloud is read as FOCUS: in Billing export, enable the FOCUS export or create Google's"
          + " FOCUS view over the detailed export, and use its rows as CSV or Parquet (kind:"
          + " focus)",
      "billingaccountid skuid|sku usagestarttime cost exporttime|invoicemonth|invoice"),
  /** Oracle's own cost report. */
  OCI(
      "an OCI cost report",
      "Oracle is read as FOCUS: use the files in the folder 'FOCUS Reports' of the same bucket"
          + " (kind: focus)",
      "lineitemintervalusagestart costmycost|usagebilledquantity"),
  /** Slurm's accounting log. */
  SLURM(
      "a log of jobs from Slurm (sacct)",
      "It is no bill. Read it as a source of kind slurm, or count its jobs with 'costlake hours'",
      "jobid elapsed|elapsedraw|start alloctres|alloccpus|ncpus|nnodes|allocnodes|state"),
  /** A dataset of FOCUS 1.3 and later. */
  CONTRACT_COMMITMENT(
      "the FOCUS dataset Contract Commitment, not Cost and Usage",
      "It holds no charges. Use the dataset Cost and Usage of the same export",
      "contractcommitmentid"
          + " contractcommitmentcategory|contractcommitmenttype|contractcommitmentcost"),
  /** A dataset of FOCUS 1.4. */
  INVOICE_DETAIL(
      "the FOCUS dataset Invoice Detail, not Cost and Usage",
      "It holds no charges by resource. Use the dataset Cost and Usage of the same export",
      "invoicedetailid invoicedetailgrain|invoiceissuedate|paymentcurrency"),
  /** A dataset of FOCUS 1.4. */
  BILLING_PERIOD(
      "the FOCUS dataset Billing Period, not Cost and Usage",
      "It holds no charges. Use the dataset Cost and Usage of the same export",
      "billingperiodstatus billingperiodstart");

  private static final String DELIMITERS = ";\t|";
  private static final int NAMES_MIN = 3;

  private final String name;
  private final String advice;
  private final String columns;

  /**
   * Defines an export.
   *
   * @param columns columns that identify the export, separated by spaces. All of them must exist. A
   *     column may have several names, separated by {@code |}
   */
  MisplacedExport(String name, String advice, String columns) {
    this.name = name;
    this.advice = advice;
    this.columns = columns;
  }

  /**
   * Returns two sentences: which export a header belongs to, and the next step. Returns empty if
   * the header is not known.
   */
  public static Optional<String> explain(List<String> header) {
    return of(header)
        .map(other -> "it is " + other.name + ". " + other.advice + ".")
        .or(() -> separator(header));
  }

  /** Explains a header that is read as one column, because its names are separated otherwise. */
  static Optional<String> separator(List<String> header) {
    return padding(header).or(() -> delimiter(header));
  }

  /** Explains a header whose columns have a fixed width. */
  private static Optional<String> padding(List<String> header) {
    return header.size() == 1 && padded(header.get(0)).size() >= NAMES_MIN
        ? Optional.of(
            Message.of(
                """
                its columns have a fixed width, which cuts long values. Print it with a separator:
                sacct --parsable2, or as CSV.
                """))
        : Optional.empty();
  }

  /** Returns the names of columns of a fixed width. */
  static List<String> padded(String line) {
    return DELIMITERS.chars().anyMatch(mark -> line.indexOf(mark) >= 0)
        ? List.of(line)
        : List.of(line.strip().split("\\s+"));
  }

  private static Optional<MisplacedExport> of(List<String> header) {
    List<String> names = header.size() == 1 ? parts(header.get(0)) : header;
    Set<String> keys = names.stream().map(MisplacedExport::key).collect(Collectors.toSet());
    return Arrays.stream(values())
        .filter(other -> has(keys, other.columns.split(" ")))
        .filter(other -> !keys.contains("chargeperiodstart"))
        .findFirst();
  }

  private static boolean has(Set<String> keys, String[] columns) {
    return Arrays.stream(columns)
        .allMatch(column -> Arrays.stream(column.split("\\|")).anyMatch(keys::contains));
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /**
   * Explains a header that is read as one column, because its names are not separated by commas.
   */
  static Optional<String> delimiter(List<String> header) {
    if (header.size() != 1 || parts(header.get(0)).size() < NAMES_MIN) {
      return Optional.empty();
    }
    char mark = mark(header.get(0));
    return Optional.of(
        Message.of(
            """
            its columns are separated by %s, not by commas. Have it exported as CSV with commas, or
            as Parquet.
            """,
            mark == '\t' ? "tabs" : "'" + mark + "'"));
  }

  private static List<String> parts(String text) {
    return List.of(text.split(Pattern.quote(String.valueOf(mark(text)))));
  }

  /** Finds the most frequent delimiter. */
  private static char mark(String text) {
    return (char)
        DELIMITERS.chars().reduce((a, b) -> count(text, b) > count(text, a) ? b : a).orElseThrow();
  }

  private static long count(String text, int mark) {
    return text.chars().filter(c -> c == mark).count();
  }
}
