package costlake.build;

import costlake.audit.WrittenAudit;
import costlake.lake.HeldRows;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.model.Contract;
import costlake.model.Model;
import costlake.model.RelationName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Audits the keys and required columns of contracts in the partitions that changed. Does not check
 * required maps, arrays and structs, because the build has checked them.
 */
final class ContractAudits {
  private final SparkSession spark;
  private final NightStage night;
  private final BuildPlan plan;
  private final BiFunction<RelationName, Partitions, Dataset<Row>> tables;

  ContractAudits(
      SparkSession spark,
      NightStage night,
      BuildPlan plan,
      BiFunction<RelationName, Partitions, Dataset<Row>> tables) {
    this.spark = spark;
    this.night = night;
    this.plan = plan;
    this.tables = tables;
  }

  /**
   * Audits a model. Returns one outcome if the model keeps its contract; otherwise, one outcome for
   * the required columns and one for the key.
   */
  List<Outcome> of(Model model) {
    Contract contract = model.contract();
    List<String> required = required(contract);
    if (required.isEmpty() && contract.key().isEmpty()) {
      return List.of();
    }
    Instant start = Instant.now();
    boolean kept =
        night
            .heldRows(PartitionViews.table(model.name()))
            .filter(rows -> rows.canCompare(model.contract().key()))
            .map(rows -> isKept(rows, model, required))
            .orElseGet(() -> isKept(model, required));
    return kept
        ? List.of(
            Audits.outcome(model.name() + " keeps its contract", Outcome.Status.DONE, 0, "", start))
        : broken(model, required);
  }

  private static List<String> required(Contract contract) {
    return contract.columns().stream()
        .filter(c -> (!c.nullable() && !c.isNested()) || isNeverNull(contract, c.name()))
        .map(Contract.Column::name)
        .toList();
  }

  private static boolean isNeverNull(Contract contract, String column) {
    return contract.key().contains(column) && !contract.nullableKey().contains(column);
  }

  private boolean isKept(HeldRows rows, Model model, List<String> required) {
    Partitions audited = plan.audited(model.name());
    List<String> key = model.contract().key();
    return rows.countWithoutRequired(required, audited.days()) == 0
        && (key.isEmpty() || rows.countRepeatedKeys(key, audited.days()) == 0);
  }

  /** Whether no required value is null and no key repeats. Reads the rows once. */
  private boolean isKept(Model model, List<String> required) {
    Row found =
        spark.sql(defects(hashed(model.contract()), missing(required), view(model))).first();
    return found.getLong(0) == 0 && found.getLong(1) == 0;
  }

  private String view(Model model) {
    String view = "contract__" + model.name().view();
    tables.apply(model.name(), plan.audited(model.name())).createOrReplaceTempView(view);
    return view;
  }

  private static String missing(List<String> required) {
    return required.stream()
        .map(c -> "`" + c + "` is null")
        .reduce((one, other) -> one + " or " + other)
        .orElse("false");
  }

  /**
   * Returns the SQL expressions to hash: the key columns and, for each key column that may be null,
   * whether its value is null, because xxhash64 ignores nulls.
   */
  private static String hashed(Contract contract) {
    return Stream.concat(
            contract.key().stream().map(c -> "`" + c + "`"),
            contract.nullableKey().stream().map(c -> "`" + c + "` is null"))
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns a query that counts the rows without a required value, and the rows that repeat the
   * hash of a key. Equal keys have equal hashes. If a hash repeats, a second query compares the
   * keys.
   */
  private static String defects(String key, String missing, String view) {
    return key.isEmpty()
        ? "select count_if(%s), 0L from %s".formatted(missing, view)
        : """
        select coalesce(sum(lacking), 0L), coalesce(sum(times - 1), 0L)
        from (
            select count_if(%s) as lacking, count(*) as times from %s group by xxhash64(%s)
        )\
        """
            .formatted(missing, view, key);
  }

  private List<Outcome> broken(Model model, List<String> required) {
    String view = view(model);
    List<Outcome> broken = new ArrayList<>();
    if (!required.isEmpty()) {
      broken.add(
          broken(
              model,
              "has all required values",
              "select %s from %s where %s".formatted(quoted(required), view, missing(required))));
    }
    if (!model.contract().key().isEmpty()) {
      broken.add(
          broken(
              model,
              "key is unique",
              "select %1$s, count(*) as times from %2$s group by all having count(*) > 1"
                  .formatted(quoted(model.contract().key()), view)));
    }
    return broken;
  }

  private Outcome broken(Model model, String check, String sql) {
    return Audits.outcome(
        model.name() + " " + check, WrittenAudit.Level.ERROR, null, spark.sql(sql));
  }

  private static String quoted(List<String> columns) {
    return columns.stream().map(c -> "`" + c + "`").collect(Collectors.joining(", "));
  }
}
