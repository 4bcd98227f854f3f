package costlake.init;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;

import costlake.build.Functions;
import costlake.config.Config;
import costlake.config.SourceColumn;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.config.SourceRole;
import costlake.core.Delivery;
import costlake.core.Money;
import costlake.init.BillSurvey.Account;
import costlake.init.BillSurvey.Tag;
import costlake.init.BillSurvey.Value;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.land.RoleColumns;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Reads the charges of bills, and counts the tags and accounts by which teams can be proposed. */
final class BillReader implements AutoCloseable {
  private static final String CHARGES = "init__charges";
  private static final DataType TEXT_MAP =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
  private static final String TAGS = "init__tags";

  private final SparkSession spark;
  private final Dataset<Row> charges;

  private BillReader(SparkSession spark, Dataset<Row> charges) {
    this.spark = spark;
    this.charges = charges;
  }

  static BillReader of(SparkSession spark, Config config, List<Delivery> deliveries) {
    long rows = deliveries.stream().mapToLong(Delivery::rows).sum();
    Sessions.prepareFor(spark, config.spark().properties(), rows);
    Functions.register(spark);
    Bronze.register(spark, config, deliveries);
    Dataset<Row> charges = charges(spark).localCheckpoint();
    charges.createOrReplaceTempView(CHARGES);
    spark
        .sql("select explode(tags) as (tag_key, tag_value) from " + CHARGES)
        .where("tag_value <> ''")
        .createOrReplaceTempView(TAGS);
    return new BillReader(spark, charges);
  }

  /** Selects the charges of all bills, with the columns that name accounts and teams. */
  private static Dataset<Row> charges(SparkSession spark) {
    return SourceKinds.of(SourceKind.Family.BILL)
        .flatMap(kind -> kind.relations().stream().map(relation -> charges(spark, kind, relation)))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private static Dataset<Row> charges(
      SparkSession spark, SourceKind kind, SourceRelation relation) {
    return spark
        .table(Bronze.view(relation))
        .select(
            RoleColumns.of(relation, SourceRole.BILLED).cast(Money.SQL_TYPE).as("BilledCost"),
            RoleColumns.of(relation, SourceRole.CURRENCY).as("BillingCurrency"),
            col("_source_file"),
            provider(kind, relation).as("provider"),
            RoleColumns.period(relation).as("period"),
            RoleColumns.of(relation, SourceRole.PAYER).as("payer_id"),
            RoleColumns.of(relation, SourceRole.PAYER_NAME).as("payer_name"),
            RoleColumns.of(relation, SourceRole.ACCOUNT).as("account_id"),
            RoleColumns.of(relation, SourceRole.ACCOUNT_NAME).as("account_name"),
            tags(relation).as("tags"));
  }

  private static Column provider(SourceKind kind, SourceRelation relation) {
    return relation.role(SourceRole.PROVIDER).isEmpty()
        ? lit(Objects.requireNonNullElse(kind.provider(), kind.title()))
        : RoleColumns.of(relation, SourceRole.PROVIDER);
  }

  private static Column tags(SourceRelation relation) {
    Column tags = RoleColumns.of(relation, SourceRole.TAGS);
    boolean map =
        relation.role(SourceRole.TAGS).stream()
            .flatMap(name -> relation.column(name).stream())
            .anyMatch(column -> column.type() == SourceColumn.Type.MAP);
    return map ? call_function("plain_tags", tags) : from_json(tags, TEXT_MAP);
  }

  BillSurvey survey() {
    return new BillSurvey(charges.count(), months(), cost(), accounts(), tags(), providers());
  }

  private List<Row> rows(String select, String rest) {
    return spark.sql("select " + select + " from " + CHARGES + " " + rest).collectAsList();
  }

  private SortedSet<YearMonth> months() {
    return rows("distinct cast(cast(period as timestamp) as date)", "").stream()
        .map(row -> YearMonth.from(row.<Date>getAs(0).toLocalDate()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, BigDecimal> cost() {
    Map<String, BigDecimal> cost = new LinkedHashMap<>();
    rows("BillingCurrency, try_sum(BilledCost)", "group by all order by count(*) desc, 1").stream()
        .filter(row -> !row.isNullAt(1))
        .forEach(row -> cost.put(row.getString(0), row.getDecimal(1)));
    return cost;
  }

  private List<Account> accounts() {
    return rows(
            "account_id, max(account_name), max(payer_id), max(payer_name), count(*)",
            "group by all order by 5 desc, 3, 1")
        .stream()
        .map(
            row ->
                new Account(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4)))
        .toList();
  }

  private List<Tag> tags() {
    return spark
        .sql(
            "select tag_key, count(*), count(distinct tag_value) from "
                + TAGS
                + " group by all order by 2 desc, 1")
        .collectAsList()
        .stream()
        .map(row -> new Tag(row.getString(0), row.getLong(1), row.getLong(2)))
        .toList();
  }

  private Map<Path, Set<String>> providers() {
    Map<Path, Set<String>> providers = new HashMap<>();
    rows("distinct _source_file, provider", "")
        .forEach(
            row ->
                providers
                    .computeIfAbsent(Path.of(row.getString(0)), any -> new HashSet<>())
                    .add(row.getString(1)));
    return providers;
  }

  /**
   * Counts the values of a tag. If a charge has several of the keys, the first of them in {@code
   * keys} counts.
   */
  List<Value> values(List<String> keys) {
    Column spellings = array(keys.stream().map(functions::lit).toArray(Column[]::new));
    return charges
        .groupBy(call_function("first_present", col("tags"), spellings).as("value"))
        .count()
        .where("value is not null")
        .orderBy(col("count").desc(), col("value"))
        .collectAsList()
        .stream()
        .map(row -> new Value(row.getString(0), row.getLong(1)))
        .toList();
  }

  @Override
  public void close() {
    charges.unpersist();
  }
}
