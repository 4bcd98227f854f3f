package costlake.night;

import costlake.serve.LoadMeasurement;
import costlake.testing.Duck;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The queries of {@code docs/questions}, answered by Spark and by DuckDB. */
final class Questions {
  private static final String NUMBER = "-?\\d+(\\.\\d+)?";
  private static final BigDecimal RATIO_DIGIT = new BigDecimal("0.000001");

  private final SparkSession spark;
  private final Map<String, String> queries;

  private Questions(SparkSession spark, Map<String, String> queries) {
    this.spark = spark;
    this.queries = queries;
  }

  static Questions of(SparkSession spark) throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    for (Path file : LoadMeasurement.questions(Path.of("docs/questions"))) {
      queries.put(file.getFileName().toString(), Files.readString(file));
    }
    return new Questions(spark, queries);
  }

  /** Returns the answers in the lake by name of the query. The order of rows is not kept. */
  Map<String, List<String>> inTheLake() {
    return answers(query -> spark.sql(query).collectAsList().stream().map(Questions::text));
  }

  /** Returns the answers of DuckDB for copies of the tables below a folder. */
  Map<String, List<String>> inDuckDb(Path folder) {
    String tables =
        spark.sql("show tables in reporting").where("not isTemporary").collectAsList().stream()
            .map(row -> copy(row.getAs("tableName"), folder))
            .collect(Collectors.joining("", "create schema reporting;\n", ""));
    return answers(query -> Duck.rows(tables, query).stream());
  }

  private String copy(String table, Path folder) {
    Path path = folder.resolve(table);
    spark.table("reporting." + table).coalesce(1).write().parquet(path.toString());
    return "create view reporting.%s as select * from %s;\n".formatted(table, Duck.parquet(path));
  }

  private interface Engine {
    Stream<String> rows(String query);
  }

  private Map<String, List<String>> answers(Engine engine) {
    Map<String, List<String>> answers = new LinkedHashMap<>();
    queries.forEach((name, query) -> answers.put(name, engine.rows(query).sorted().toList()));
    return answers;
  }

  /** Whether two answers have the same cells. Spark keeps six digits of a ratio. */
  static boolean isSame(List<String> answer, List<String> other) {
    List<String> cells = cells(answer);
    List<String> others = cells(other);
    return answer.size() == other.size()
        && cells.size() == others.size()
        && IntStream.range(0, cells.size()).allMatch(i -> isSame(cells.get(i), others.get(i)));
  }

  private static List<String> cells(List<String> rows) {
    return rows.stream().flatMap(row -> Stream.of(row.split(" \\| ", -1))).toList();
  }

  private static boolean isSame(String cell, String other) {
    return cell.equals(other)
        || (cell.matches(NUMBER)
            && other.matches(NUMBER)
            && new BigDecimal(cell).subtract(new BigDecimal(other)).abs().compareTo(RATIO_DIGIT)
                <= 0);
  }

  private static String text(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> text(row.get(i)))
        .collect(Collectors.joining(" | "));
  }

  private static String text(Object cell) {
    return cell instanceof BigDecimal number
        ? number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString()
        : String.valueOf(cell);
  }
}
