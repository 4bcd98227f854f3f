package costlake.compare;

import costlake.compare.Comparison.Verdict;
import costlake.lake.Sessions;
import costlake.model.Models;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Compares all rows of two lakes that two versions of Costlake made of the same deliveries. {@code
 * tests/compare/run} starts it.
 */
public final class CompareLakes {
  private final SparkSession engine;
  private final LeftOut leftOut;
  private final Map<String, List<String>> keys = new TreeMap<>();

  CompareLakes(SparkSession engine, LeftOut leftOut) {
    this.engine = engine;
    this.leftOut = leftOut;
    Models.embedded()
        .compile()
        .order()
        .forEach(model -> keys.put(model.name().toString(), model.contract().key()));
  }

  /**
   * Prints how the tables of two lakes differ, and ends with 1 if one differs by more than last
   * digits.
   *
   * @param arguments file with what is left out, folder of the lake before, folder of the one after
   */
  public static void main(String[] arguments) {
    CompareLakes compare =
        new CompareLakes(Sessions.engine("local[2]", Map.of()), new LeftOut(Path.of(arguments[0])));
    boolean same = compare.print(Path.of(arguments[1]), Path.of(arguments[2]), System.out);
    System.exit(same ? 0 : 1);
  }

  /** Prints how the tables differ. Returns whether they differ at most in last digits. */
  boolean print(Path before, Path after, PrintStream out) {
    SortedMap<String, Dataset<Row>> one = LakeTables.of(before, engine);
    SortedMap<String, Dataset<Row>> other = LakeTables.of(after, engine);
    List<Comparison> compared = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    for (String name : names) {
      Comparison comparison = compare(name, one.get(name), other.get(name));
      comparison.lines().forEach(out::println);
      compared.add(comparison);
    }
    out.println(Comparison.summary(compared));
    return compared.stream().noneMatch(table -> table.verdict() == Verdict.DIFFERENT)
        && compared.stream().anyMatch(table -> table.verdict().compareTo(Verdict.DIFFERENT) < 0);
  }

  private Comparison compare(
      String name, @Nullable Dataset<Row> before, @Nullable Dataset<Row> after) {
    String table = name.replaceFirst(",.*", "");
    Map<String, String> without = leftOut.columns(table);
    String reason = without.get(LeftOut.ALL);
    if (reason != null) {
      return alone(name, Verdict.LEFT_OUT, reason);
    }
    if (before == null) {
      return alone(name, Verdict.ONLY_AFTER, after.count() + " rows");
    }
    if (after == null) {
      return alone(name, Verdict.ONLY_BEFORE, before.count() + " rows");
    }
    return new TableComparison(before, after, keys.getOrDefault(table, List.of()), without)
        .compare(name);
  }

  private static Comparison alone(String name, Verdict verdict, String rows) {
    return new Comparison(name, verdict, rows, List.of(), new TreeMap<>(), List.of());
  }
}
