package costlake.house;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.audit.WrittenAudit;
import costlake.core.FailPoints;
import costlake.model.Model;
import costlake.model.Models;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** House rules that no compiler checks. */
class TidyTest {
  private static final int METHOD_LINES_MAX = 70;
  private static final int MODEL_LINES_MAX = 120;
  private static final int PARAMETERS_MAX = 7;

  /**
   * Files that may use binary floating-point numbers, for drawings, values of file formats, metrics
   * of models, bytes, seconds and statistics.
   */
  private static final List<String> BINARY =
      List.of(
          "jobs/costlake/bench/",
          "jobs/costlake/build/ForecastSums.java",
          "jobs/costlake/cli/Bench",
          "jobs/costlake/cli/IncidentsTryCommand.java",
          "jobs/costlake/forecast/",
          "jobs/costlake/incident/",
          "jobs/costlake/lake/DeltaFormat.java",
          "jobs/costlake/lake/PartitionRebalance.java",
          "jobs/costlake/land/mlflow/",
          "jobs/costlake/land/read/avro/",
          "jobs/costlake/land/read/parquet/",
          "jobs/costlake/land/read/rows/TypedText.java",
          "jobs/costlake/report/AcceleratorChart.java",
          "jobs/costlake/report/BreakEvenChart.java",
          "jobs/costlake/report/BurnChart.java",
          "jobs/costlake/report/Chart.java",
          "jobs/costlake/report/DailyChart.java",
          "jobs/costlake/report/EventBridge.java",
          "jobs/costlake/report/Glyphs.java",
          "jobs/costlake/report/HistoryChart.java",
          "jobs/costlake/report/HourBars.java",
          "jobs/costlake/report/IdleHoursChart.java",
          "jobs/costlake/report/MonthColumns.java",
          "jobs/costlake/report/LifeChart.java",
          "jobs/costlake/report/MetricChart.java",
          "jobs/costlake/report/RunStrips.java",
          "jobs/costlake/report/Scale.java",
          "jobs/costlake/report/TokenCostChart.java",
          "jobs/costlake/report/WaterfallChart.java",
          "jobs/costlake/sample/ParquetSink.java",
          "jobs/costlake/serve/Parameters.java");

  private static final Pattern SQL = Pattern.compile("(?i)\\b(select|group by)\\b");

  @Test
  void noMethodIsLongerThanSeventyLines() throws IOException {
    List<Path> sources = sources();
    Map<String, Long> lines = JavaSources.methodLines(sources);
    assertThat(lines).hasSizeGreaterThan(sources.size());
    lines.values().removeIf(length -> length <= METHOD_LINES_MAX);
    assertThat(lines).as("methods of more than %d lines", METHOD_LINES_MAX).isEmpty();
  }

  /**
   * Constructors of records are left out, because a row of data has as many columns as it needs.
   */
  @Test
  void noMethodHasMoreThanSevenParameters() throws IOException {
    List<Path> sources = sources();
    Map<String, Integer> parameters = JavaSources.methodParameters(sources);
    assertThat(parameters).hasSizeGreaterThan(sources.size());
    parameters.values().removeIf(count -> count <= PARAMETERS_MAX);
    assertThat(parameters).as("methods of more than %d parameters", PARAMETERS_MAX).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>(files("jobs", ".java"));
    sources.addAll(files("tests/java", ".java"));
    return sources;
  }

  @Test
  void moneyIsNeverADouble() throws IOException {
    Pattern named =
        Pattern.compile(
            "(?i)\\b(double|float)\\s+\\w*(cost|amount|money|price|rate|budget|charge|total)\\w*");
    assertThat(offending("jobs", ".java", named)).isEmpty();
    List<String> binary = JavaSources.binaryNumbers(files("jobs", ".java"));
    assertThat(binary)
        .filteredOn(line -> BINARY.stream().noneMatch(line::startsWith))
        .as("numbers that are not decimal")
        .isEmpty();
    assertThat(BINARY).allMatch(place -> binary.stream().anyMatch(line -> line.startsWith(place)));
    for (String folder : List.of("models", "sources")) {
      assertThat(offending(folder, ".sql", Pattern.compile("(?i)\\b(double|float|real)\\b")))
          .isEmpty();
    }
  }

  @Test
  void noModelIsLongerThanItsPageNorEndsInAStar() throws IOException {
    for (Path file : sqlOfModels()) {
      assertThat(Files.readAllLines(file))
          .as(file.toString())
          .hasSizeLessThanOrEqualTo(MODEL_LINES_MAX);
    }
    for (Path model : models()) {
      if (!extendsAnother(model)) {
        assertThat(lastSelect(Files.readString(model)))
            .as("columns of " + model)
            .doesNotContainPattern("(?m)(^|[\\s,.(])\\*\\s*(,|$|except\\b)");
      }
    }
  }

  @Test
  void sqlCastsAndGroupsInOneWay() throws IOException {
    Map<String, String> texts = JavaSources.texts(sources());
    texts.keySet().removeIf(place -> place.startsWith("tests/java/costlake/house/"));
    texts.values().removeIf(text -> !SQL.matcher(text).find());
    for (String folder : List.of("models", "sources", "docs/questions", "jobs")) {
      for (Path file : files(folder, ".sql")) {
        texts.put(file.toString(), Files.readString(file));
      }
    }
    for (Model model : Models.below(Path.of(".")).compile().order()) {
      model.contract().audits().forEach(a -> texts.put(a.origin().toString(), a.sql()));
    }
    for (Path file : files("reports/pages", ".yml")) {
      texts.put(file.toString(), Files.readString(file));
    }
    Map<String, List<String>> found = new TreeMap<>();
    texts.forEach((place, text) -> found.put(place, SqlStyle.findings(text)));
    found.values().removeIf(List::isEmpty);
    assertThat(found).as("SQL that is not written as CONTRIBUTING.md says").isEmpty();
  }

  /** Returns whether a model has the columns of another model and columns of its own. */
  private static boolean extendsAnother(Path model) throws IOException {
    String contract = Files.readString(Path.of(model.toString().replaceFirst("\\.sql$", ".yml")));
    return contract.contains("\ncolumns_of: ") && contract.contains("\ncolumns:\n");
  }

  private static String lastSelect(String sql) {
    Matcher select =
        Pattern.compile("(?ms)^(?:\\{%.*%\\})?select\\b(.*?)(?=^from\\b|\\z)").matcher(sql);
    String last = null;
    while (select.find()) {
      last = select.group(1);
    }
    assertThat(last).as("a select that begins a line in\n" + sql).isNotNull();
    return last;
  }

  @Test
  void everyModelHasItsContractAndItsCases() throws IOException {
    for (Path model : models()) {
      String name = model.toString().replaceFirst("\\.sql$", ".yml");
      assertThat(Path.of(name)).isNotEmptyFile();
      assertThat(Files.readString(cases(name)))
          .as("cases of " + name)
          .startsWith("cases:")
          .contains("\n  - name: ", "\n    expect:");
    }
  }

  @Test
  void noTodoAndNoDisabledTest() throws IOException {
    Pattern leftover =
        Pattern.compile(
            "\\b(TO" + "DO|FIX" + "ME|HA" + "CK)\\b|printStack" + "Trace|@[\\w.]*Dis" + "abled");
    for (String folder :
        List.of("jobs", "tests", "models", "sources", "reports", "conf", "airflow", "docs")) {
      assertThat(offending(folder, "", leftover)).isEmpty();
    }
  }

  @Test
  void noContractRepeatsTheCommonListOrAnotherContract() throws IOException {
    Map<?, ?> common = commonColumns();
    Set<List<?>> meanings = new HashSet<>();
    List<String> found = new ArrayList<>();
    for (Path contract : contracts()) {
      Path room = contract.startsWith("sources") ? contract.subpath(0, 2) : Path.of("models");
      for (Map<?, ?> column : columns(contract)) {
        Map<?, ?> other =
            column.containsKey("as_in") ? null : (Map<?, ?>) common.get(column.get("name"));
        if (!isSaidOnce(room, column, other, meanings)
            || (other != null && repeats(column, other))) {
          found.add(contract + ": " + column);
        }
      }
    }
    assertThat(meanings).hasSizeGreaterThan(100);
    assertThat(found)
        .as("columns to write once, in models/columns.yml or in the contract that as_in names")
        .isEmpty();
  }

  /** Whether no other contract of the same room gives a column of this type the same meaning. */
  private static boolean isSaidOnce(
      Path room, Map<?, ?> column, @Nullable Map<?, ?> other, Set<List<?>> meanings) {
    if (!(column.get("meaning") instanceof String meaning)) {
      return true;
    }
    Object type =
        other == null || column.containsKey("type") ? column.get("type") : other.get("type");
    return meanings.add(
        Arrays.asList(
            room, column.get("name"), type, meaning.toLowerCase(Locale.ROOT), column.get("unit")));
  }

  @Test
  void contractsTakeEachColumnOfTheCommonList() throws IOException {
    List<String> common = new ArrayList<>();
    commonColumns().keySet().forEach(name -> common.add(name.toString()));
    Set<Object> taken = new HashSet<>();
    for (Path contract : contracts()) {
      columns(contract).stream()
          .filter(column -> !column.containsKey("as_in") && !column.containsKey("type"))
          .forEach(column -> taken.add(column.get("name")));
    }
    assertThat(common).as("names in models/columns.yml").isSorted();
    assertThat(taken).as("columns that contracts take from models/columns.yml").containsAll(common);
  }

  private static Map<?, ?> commonColumns() throws IOException {
    return (Map<?, ?>) Objects.requireNonNull(yaml(Path.of("models/columns.yml")).get("columns"));
  }

  /** Returns the files with contracts: those of models, and the pages that declare tables. */
  private static List<Path> contracts() throws IOException {
    return Stream.concat(
            models().stream()
                .map(model -> Path.of(model.toString().replaceFirst("\\.sql$", ".yml"))),
            files("reports/pages", ".yml").stream())
        .toList();
  }

  private static Map<?, ?> yaml(Path file) throws IOException {
    return new Yaml().load(Files.readString(file));
  }

  /** Returns the columns of a contract, each with its name and what the contract says of it. */
  private static List<Map<?, ?>> columns(Path contract) throws IOException {
    List<Map<?, ?>> columns = new ArrayList<>();
    for (Object column : written(yaml(contract))) {
      Map<?, ?> said = column instanceof Map<?, ?> map ? map : Map.of("name", column);
      for (String name : Objects.requireNonNull(said.get("name")).toString().split(", *", -1)) {
        Map<Object, Object> one = new HashMap<>(said);
        one.put("name", name);
        columns.add(one);
      }
    }
    return columns;
  }

  private static List<?> written(Map<?, ?> file) {
    if (!(file.get("tables") instanceof Map<?, ?> tables)) {
      return (List<?>) Objects.requireNonNullElse(file.get("columns"), List.of());
    }
    return tables.values().stream()
        .map(table -> (Map<?, ?>) table)
        .flatMap(table -> Stream.of("lines", "series").map(table::get))
        .flatMap(Stream::ofNullable)
        .flatMap(rows -> ((List<?>) ((Map<?, ?>) rows).get("columns")).stream())
        .toList();
  }

  /** Whether a column says something that it would have from the common list if it did not. */
  private static boolean repeats(Map<?, ?> column, Map<?, ?> other) {
    if (column.containsKey("type")) {
      return same("type", column, other);
    }
    boolean sameUnit = Objects.equals(column.get("unit"), other.get("unit"));
    return same("nullable", column, other)
        || same("repeats", column, other)
        || (column.containsKey("meaning")
            ? sameUnit && same("meaning", column, other)
            : same("unit", column, other));
  }

  private static boolean same(String key, Map<?, ?> column, Map<?, ?> other) {
    return column.containsKey(key) && column.get(key).equals(other.get(key));
  }

  /** Models and pages know receivers by their kind. Their ids are made in {@code ReceiverId}. */
  @Test
  void idsOfReceiversAreSpelledInOnePlace() throws IOException {
    Pattern ids = Pattern.compile("['\"](centre\\.|company\\.all|project\\.)");
    List<String> found = offending("jobs", ".java", ids);
    found.addAll(offending("models", ".sql", ids));
    found.addAll(offending("sources", ".sql", ids));
    for (Model model : Models.below(Path.of(".")).compile().order()) {
      for (WrittenAudit audit : model.contract().audits()) {
        assertThat(audit.sql()).as(audit.name()).doesNotContainPattern(ids);
      }
    }
    assertThat(found)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("jobs/costlake/core/ReceiverId.java"));
  }

  @Test
  void noMockingLibrary() throws IOException {
    Pattern mocks =
        Pattern.compile("(?i)(?<!no)(mock" + "ito|easy" + "mock|jmoc" + "kit|power" + "mock)");
    assertThat(offending("pom.xml", "", mocks)).isEmpty();
    assertThat(offending("tests", ".java", mocks)).isEmpty();
    assertThat(offending("tests", "pom.xml", mocks)).isEmpty();
  }

  /** A test class that {@code mvn verify} excludes must run in one of the steps of {@code .ci}. */
  @Test
  void everyTestRunsSomewhere() throws IOException {
    String steps = Files.readString(Path.of(".ci/run")) + Files.readString(Path.of(".ci/long"));
    List<String> leftOut = offending("tests/java", ".java", Pattern.compile("^@Tag\\(\""));
    assertThat(leftOut).isNotEmpty();
    for (String line : leftOut) {
      String name = line.replaceFirst("\\.java:.*", "").replaceFirst(".*/", "");
      assertThat(steps).as("the steps of .ci run " + name).containsPattern("\\b" + name + "\\b");
    }
  }

  @Test
  void everyFailPointStopsATest() throws IOException, IllegalAccessException {
    StringBuilder tests = new StringBuilder();
    for (Path file : files("tests/java", ".java")) {
      tests.append(Files.readString(file));
    }
    for (Field field : FailPoints.class.getFields()) {
      if (field.get(null) instanceof String place) {
        assertThat(tests)
            .as("tests that stop a process at " + place)
            .containsPattern("FailPoints\\." + field.getName() + "\\b|[ \"]" + place + "[\",]");
      }
    }
  }

  @Test
  void everyDecisionRecordIsNumberedAndDecided() throws IOException {
    List<Path> records = files("docs/adr", ".md");
    assertThat(records).isNotEmpty();
    for (Path record : records) {
      assertThat(record.getFileName().toString()).matches("\\d{4}-[a-z0-9-]+\\.md");
      assertThat(Files.readString(record)).startsWith("# ").contains("## Decision");
    }
    assertThat(records)
        .extracting(record -> Integer.valueOf(record.getFileName().toString().substring(0, 4)))
        .isEqualTo(IntStream.rangeClosed(1, records.size()).boxed().toList());
  }

  private static List<Path> models() throws IOException {
    return sqlOfModels().stream()
        .filter(file -> !Set.of("macros", "audits").contains(folder(file)))
        .toList();
  }

  private static List<Path> sqlOfModels() throws IOException {
    return Stream.concat(files("models", ".sql").stream(), files("sources", ".sql").stream())
        .toList();
  }

  private static String folder(Path file) {
    return file.getParent().getFileName().toString();
  }

  private static Path cases(String contract) {
    return contract.startsWith("sources/")
        ? Path.of(contract.replace("/models/", "/cases/"))
        : Path.of("tests").resolve(contract);
  }

  private static List<String> offending(String folder, String suffix, Pattern pattern)
      throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> files = files(folder, suffix);
    assertThat(files).as(folder).isNotEmpty();
    for (Path file : files) {
      List<String> lines = Files.readString(file, ISO_8859_1).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return found;
  }

  private static List<Path> files(String folder, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(Path.of(folder))) {
      return walk.filter(Files::isRegularFile)
          .filter(p -> p.toString().endsWith(suffix))
          .sorted()
          .toList();
    }
  }
}
