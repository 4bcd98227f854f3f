package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistryBase;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry$;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/** Checks which functions a query may call. */
class QueryGateTest {
  private static SparkSession session;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    TeamScope all = new TeamScope(Optional.empty());
    session = ScopedSession.open(SparkHarness.spark(), List.of(), name -> null, all).session();
  }

  private static Set<String> names(FunctionRegistryBase<?> registry) {
    Set<String> names = new TreeSet<>();
    for (FunctionIdentifier function : CollectionConverters.asJava(registry.listFunction())) {
      names.add(function.unquotedString());
    }
    return names;
  }

  private static Set<String> ofSpark() {
    var engine = ((org.apache.spark.sql.classic.SparkSession) SparkHarness.spark()).sessionState();
    Set<String> names = names(FunctionRegistry$.MODULE$.builtin());
    names.addAll(names(engine.functionRegistry()));
    return names;
  }

  private static Set<String> tablesOfSpark() {
    var engine = ((org.apache.spark.sql.classic.SparkSession) SparkHarness.spark()).sessionState();
    Set<String> names = names(TableFunctionRegistry$.MODULE$.builtin());
    names.addAll(names(engine.tableFunctionRegistry()));
    return names;
  }

  private static String message(String sql) {
    try {
      QueryGate.admit(session, sql, List.of());
      return "";
    } catch (Exception e) {
      return e.getMessage();
    }
  }

  private static List<String> notRefused(Set<String> functions, String sql) {
    return functions.stream()
        .filter(
            name ->
                !message(sql.formatted(name))
                    .contains("the function " + name + " is not available"))
        .toList();
  }

  @Test
  void refusesEverySparkFunctionThatIsNotOnTheList() {
    Set<String> left = ofSpark();
    left.removeIf(OfferedFunctions::isValueFunction);
    assertThat(left).contains("from_xml", "schema_of_xml", "reflect", "input_file_name");
    for (String sql :
        List.of(
            "select `%s`(1)",
            "select 1 from range(1) lateral view `%s`(1) t as x",
            "select 1 from range(1) where exists (select `%s`(1))",
            "select sum(id) over w from range(1) window w as (partition by `%s`(1))",
            "values (`%s`(1))",
            "from range(1) |> set id = `%s`(1)",
            "from range(1) |> extend `%s`(1) as x")) {
      assertThat(notRefused(left, sql)).as(sql).isEmpty();
    }
  }

  @Test
  void refusesEverySparkTableFunctionThatIsNotOnTheList() {
    Set<String> left = tablesOfSpark();
    left.removeIf(OfferedFunctions::isTableFunction);
    assertThat(left).contains("sql_keywords", "table_changes");
    assertThat(notRefused(left, "select * from `%s`(1)")).isEmpty();
  }

  @Test
  void theSessionHasNoOtherFunctionEither() {
    var state = ((org.apache.spark.sql.classic.SparkSession) session).sessionState();
    assertThat(names(state.functionRegistry())).allMatch(OfferedFunctions::isValueFunction);
    assertThat(names(state.tableFunctionRegistry())).allMatch(OfferedFunctions::isTableFunction);
  }

  @Test
  void everyFunctionOnTheListExistsInSparkAndIsAdmitted() {
    List<String> refused = new ArrayList<>();
    OfferedFunctions.FAMILIES.forEach(
        (family, names) -> {
          boolean table = family.equals(OfferedFunctions.TABLES);
          assertThat(table ? tablesOfSpark() : ofSpark()).containsAll(names);
          String sql = table ? "select * from `%s`(1)" : "select `%s`(1)";
          names.stream()
              .filter(name -> message(sql.formatted(name)).contains("is not available"))
              .forEach(refused::add);
        });
    assertThat(refused).isEmpty();
  }

  @Test
  void theDocsListTheSameFunctions() throws IOException {
    Map<String, Set<String>> listed = new LinkedHashMap<>();
    Matcher lines =
        Pattern.compile("(?m)^- \\*([^*]+)\\*: (`.+)$")
            .matcher(Files.readString(Path.of("docs/sql.md")));
    while (lines.find()) {
      List<String> names = Arrays.asList(lines.group(2).replace("`", "").split(", "));
      listed.put(lines.group(1), new TreeSet<>(names));
    }
    assertThat(listed).isEqualTo(OfferedFunctions.FAMILIES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select from_xml('<a/>', 'x string', map('rowValidationXSDPath', '%s'))",
        "select schema_of_xml('<a/>', map('rowValidationXSDPath', '%s'))"
      })
  void noFunctionReadsAFile(String sql) throws IOException {
    Path file = Files.writeString(folder.resolve("secret.xsd"), "a secret");
    assertThatThrownBy(() -> QueryGate.admit(session, sql.formatted(file), List.of()).collect())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not available")
        .hasMessageNotContaining("secret.xsd");
  }

  @Test
  void admitsTheExampleQueriesAndQueriesOfBiTools() {
    assertThat(
            QueryGate.admit(
                    session,
                    "select date_trunc('month', date '2026-09-03') as m, sum(id) as s,"
                        + " max(nullif(id, 0)), count(distinct id), trim(both ' ' from ' x '),"
                        + " extract(year from date '2026-09-03'), cast('1' as int), \"id\" from"
                        + " range(3) group by all having sum(id) > 1",
                    List.of())
                .collectAsList())
        .hasSize(1);
    assertThat(
            QueryGate.admit(session, "select current_catalog(), current_schema()", List.of())
                .collectAsList())
        .first()
        .hasToString("[costlake,reporting]");
  }
}
