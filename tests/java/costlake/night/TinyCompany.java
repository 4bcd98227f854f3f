package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.PublicViews;
import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.core.Progress;
import costlake.explain.Explain;
import costlake.explain.ExplanationStep;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.lake.Sessions;
import costlake.lake.TableName;
import costlake.model.Layer;
import costlake.model.Models;
import costlake.report.StatementDocument;
import costlake.report.StatementStatus;
import costlake.report.Statements;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A company with one AWS bill and one FOCUS export of three days each, and the revenue of one
 * model. It is small enough to compute by hand.
 */
public final class TinyCompany {
  /** Table of the charges. */
  public static final TableName CHARGES = new TableName("focus", "cost_and_usage");

  private static final String SOURCES =
      """
      sources:
        - {id: aws-payer, kind: aws-cur, location: ../exports/aws}
        - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}
        - {id: benefits, kind: benefits, location: ../business/benefits.csv}
      """;
  private static final String WITH_LICENCES =
      """
      sources:
        - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}
        - {id: licences, kind: mapping, mapping: licences, location: ../exports/licences}
      """;
  private static final String MAPPING_OF_LICENCES =
      """
      title: licences
      spread: months
      charges:
        BillingAccountId: {value: acme}
        ChargePeriodStart: from
        ChargePeriodEnd: {column: to, inclusive: true}
        BilledCost: amount
        BillingCurrency: {value: USD}
        ServiceCategory: {value: Compute}
        ServiceName: {value: Licences}
        ServiceProviderName: {value: Vendor}
      """;
  private static final String AWS_HEADER =
      "identity/LineItemId,identity/TimeInterval,bill/BillingEntity,bill/BillType,"
          + "bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,"
          + "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,"
          + "lineItem/UsageEndDate,lineItem/ProductCode,lineItem/UsageType,lineItem/Operation,"
          + "lineItem/ResourceId,lineItem/UsageAmount,lineItem/CurrencyCode,"
          + "lineItem/UnblendedRate,lineItem/UnblendedCost,lineItem/LineItemDescription,"
          + "pricing/unit,pricing/publicOnDemandCost,product/region,"
          + "resourceTags/user:Model,resourceTags/user:Team\n";
  private static final String FOCUS_HEADER =
      "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,"
          + "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,"
          + "ChargeCategory,ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,"
          + "BillingPeriodStart,BillingPeriodEnd,Tags\n";

  private final Path folder;
  private final LakeConfig.Format format;
  private Layer until = Layer.REPORTING;

  /** Creates a company below a folder, without deliveries. */
  public TinyCompany(Path folder, LakeConfig.Format format) {
    this.folder = folder;
    this.format = format;
    write("conf/sources.yml", SOURCES);
    write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Search}
        """);
    deliverAzure("2026-09");
    earn("100");
  }

  private void deliverAzure(String month) {
    deliverAzure(
        month,
        focusLine(month, 1, "1.10"),
        focusLine(month, 2, "2.20"),
        focusLine(month, 3, "3.30"));
  }

  /** Delivers the Azure bill of a month. {@link #azureLine} creates its lines. */
  public void deliverAzure(String month, String... lines) {
    write("exports/azure/" + month + "/part-0.csv", FOCUS_HEADER + String.join("", lines));
  }

  /**
   * Delivers September's AWS bill as a FOCUS export and configures the source accordingly. {@link
   * #azureLine} creates the lines.
   */
  void deliverAwsAsFocus(String... lines) {
    write(
        "conf/sources.yml", SOURCES.replace("aws-payer, kind: aws-cur", "aws-payer, kind: focus"));
    deliverFocus("aws", lines);
  }

  /** Delivers September's bill of a source in FOCUS. {@link #azureLine} creates the lines. */
  void deliverFocus(String source, String... lines) {
    write("exports/" + source + "/2026-09/bill.csv", FOCUS_HEADER + String.join("", lines));
  }

  /**
   * Replaces all sources by the Azure bill and by licences whose cost a mapping spreads over
   * months.
   */
  void configureLicences() {
    write("conf/mappings/licences.yml", MAPPING_OF_LICENCES);
    write("conf/sources.yml", WITH_LICENCES);
  }

  /** Delivers a licence of September and October with this amount. */
  void deliverLicence(String amount) {
    write(
        "exports/licences/2026-09/bill.csv",
        "from,to,amount\n2026-09-01,2026-10-31," + amount + "\n");
  }

  /** Replaces a text that occurs in {@code sources.yml}. */
  void replaceInSources(String text, String replacement) {
    String sources = read("conf/sources.yml");
    assertThat(sources).contains(text);
    write("conf/sources.yml", sources.replace(text, replacement));
  }

  /** Delivers the bills of another month. */
  void deliverMonth(String month) {
    deliverAzure(month);
    deliver(month, "20");
  }

  /** Returns the configuration folder. */
  public Path conf() {
    return folder.resolve("conf");
  }

  /** Delivers September's AWS bill with this cost on the second day. */
  public void deliver(String secondDay) {
    deliver("2026-09", secondDay);
  }

  /** Delivers September's AWS bill with other costs on all days. */
  void deliverOtherCosts() {
    deliver("21.5");
    String bill = "exports/aws/2026-09/bill.csv";
    write(bill, read(bill).replace("10.5", "11").replace("30.25", "31"));
  }

  private void deliver(String month, String secondDay) {
    write(
        "exports/aws/" + month + "/bill.csv",
        AWS_HEADER
            + awsLine(month, 1, "10.5")
            + awsLine(month, 2, secondDay)
            + awsLine(month, 3, "30.25"));
  }

  /**
   * Delivers September's bill with the fee of a reservation on its first day.
   *
   * @param isUsed whether the bill also has a charge of the second day that uses the reservation
   */
  void deliverReservation(boolean isUsed) {
    String header = AWS_HEADER.strip() + ",reservation/ReservationARN,reservation/EffectiveCost\n";
    String fee = awsLine("2026-09", 1, "300").replace("id-1", "fee").replace("Usage,", "Fee,");
    String use =
        awsLine("2026-09", 2, "0").replace("id-2", "use").replace("Usage,", "DiscountedUsage,");
    write(
        "exports/aws/2026-09/bill.csv",
        header
            + awsLine("2026-09", 1, "10.5").strip()
            + ",,\n"
            + fee.strip()
            + ",arn:r,\n"
            + (isUsed ? use.strip() + ",arn:r,0.5\n" : ""));
  }

  /** Delivers the revenue of the model in September. */
  void earn(String revenue) {
    write(
        "business/benefits.csv",
        "model_id,month,kind,quantity,value,currency\nranker,2026-09,revenue,,%s,USD\n"
            .formatted(revenue));
  }

  static Config config(Path conf, String format) {
    return Config.load(
        conf,
        null,
        Map.of("lake.format", format, "lake.root", conf.resolveSibling("lake").toString()));
  }

  /** Reads the configuration of the company. */
  public Config config() {
    return config(conf(), format.name().toLowerCase(Locale.ROOT));
  }

  /** Opens a session that reads the lake. */
  public SparkSession session() {
    SparkSession session = Sessions.session(SparkHarness.spark(), config().lake());
    config().spark().properties().forEach(session.conf()::set);
    return session;
  }

  /** Runs a night. */
  public NightReport night() {
    return night(Set.of());
  }

  /** Runs a night that removes a source that is no longer configured. */
  NightReport remove(String source) {
    return night(Set.of(source));
  }

  private NightReport night(Set<String> removed) {
    return NightRun.run(session(), config(), "night", Set.of(), removed, until, Progress.SILENT);
  }

  /** Returns the layer after which nights stop. */
  Layer until() {
    return until;
  }

  /** Lets the following nights stop after a layer. */
  public TinyCompany until(Layer layer) {
    until = layer;
    return this;
  }

  /** Opens the lake. */
  public Lake lake() {
    return Lake.open(config().lake(), session());
  }

  /** Returns the billed cost of each day, as {@code 2026-09-01 11.6}. */
  public List<String> costByDay() {
    return lake()
        .read(CHARGES)
        .groupBy("x_ChargeDate")
        .agg(functions.sum("BilledCost"))
        .orderBy("x_ChargeDate")
        .collectAsList()
        .stream()
        .map(r -> r.getDate(0) + " " + r.getDecimal(1).stripTrailingZeros().toPlainString())
        .toList();
  }

  /** Returns the texts of a query of published tables. */
  public List<String> ask(String sql) {
    return views(sql::contains).sql(sql).as(Encoders.STRING()).collectAsList();
  }

  /** Returns a function from the name to the rows of a published table of {@code reporting}. */
  Function<String, Dataset<Row>> reporting() {
    Lake lake = lake();
    return table -> lake.read(new TableName("reporting", table));
  }

  /** Explains an id from the published tables. */
  ExplanationStep explain(String id, Explain.Subject subject) {
    Predicate<String> read = Explain.readsForIds();
    PublicViews views = new PublicViews(Models.embedded().compile(), read);
    SparkSession session = views(read.or(views::reads));
    views.register(session, config());
    return Explain.tree(session, id, subject, Explain.Depth.SUMMARY);
  }

  /**
   * Registers published tables as views, and returns a session that reads them. Each view takes
   * time.
   */
  SparkSession views(Predicate<String> tables) {
    SparkSession session = session();
    Lake.open(config().lake(), session).registerViews(tables);
    return session;
  }

  /**
   * Returns the number of rows and a hash of every published table. The hash ignores the order of
   * rows.
   */
  Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    Lake lake = lake();
    Publication publication = lake.publication().orElseThrow();
    for (String table : publication.versions().keySet()) {
      Dataset<Row> rows = lake.read(TableName.parse(table));
      Row sums =
          rows.selectExpr("xxhash64(to_json(struct(*), map('ignoreNullFields', 'false'))) as h")
              .selectExpr(
                  "count(*)",
                  "coalesce(sum(cast(h as decimal(38,0))), 0)",
                  "coalesce(bit_xor(h), 0)")
              .first();
      content.put(table, sums.mkString(":"));
    }
    return content;
  }

  private static String awsLine(String month, int day, String cost) {
    return "id-%1$d,%3$s-0%1$dT00:00:00Z/%3$s-0%1$dT01:00:00Z,AWS,Anniversary,111122223333,%3$s-01T00:00:00Z,%4$sT00:00:00Z,111122223333,Usage,%3$s-0%1$dT00:00:00Z,%3$s-0%1$dT01:00:00Z,AmazonEC2,BoxUsage:m5.large,RunInstances,i-0abc%1$d,1,USD,%2$s,%2$s,m5.large an hour,Hrs,%2$s,us-east-1,ranker,search\n"
        .formatted(day, cost, month, YearMonth.parse(month).plusMonths(1).atDay(1));
  }

  private static String focusLine(String month, int day, String cost) {
    String start = "%s-%02d".formatted(month, day);
    return azureLine(month, start + "T00:00:00Z", start + "T01:00:00Z", cost);
  }

  /** Returns a line of the Azure bill of a month, for usage from a start to an end. */
  public static String azureLine(String month, String start, String end, String cost) {
    return "%2$s,%2$s,%2$s,%2$s,USD,acct-1,Microsoft,Microsoft,Microsoft,Compute,Virtual Machines,Usage,Usage-Based,a machine,%3$s,%4$s,%1$s-01T00:00:00Z,%5$sT00:00:00Z,{}\n"
        .formatted(month, cost, start, end, YearMonth.parse(month).plusMonths(1).atDay(1));
  }

  /**
   * Prints the statement of a month of a team or of the company, and returns its text. Only the ids
   * of cost centres and of the company have a dot.
   */
  String printed(String month, String receiver) {
    Function<String, Dataset<Row>> tables = reporting();
    Statements statements = new Statements(Locale.US);
    YearMonth of = YearMonth.parse(month);
    StatementStatus status = StatementStatus.preliminary(1);
    boolean isTeam = !receiver.contains(".");
    List<StatementDocument> documents =
        isTeam
            ? statements.of(tables, of, Optional.of(receiver), team -> status)
            : statements.groups(tables, of, status);
    Path page =
        documents.stream()
            .filter(document -> document.receiverId().equals(receiver))
            .findFirst()
            .orElseThrow()
            .write(folder.resolve("printed"))
            .get(0);
    return read(folder.relativize(page).toString())
        .replaceAll("(?s)<style>.*?</style>|<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }

  /** Returns a file below the folder of the company. */
  public Path file(String path) {
    return folder.resolve(path);
  }

  private String read(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file of the company. */
  public void write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
