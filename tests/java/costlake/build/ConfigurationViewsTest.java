package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads reference lists that extend the embedded lists. */
class ConfigurationViewsTest {
  private static SparkSession spark;
  private static Graph graph;

  @TempDir private Path home;

  @BeforeAll
  static void engine() {
    spark = SparkHarness.spark();
    graph = Models.embedded().compile();
  }

  @Test
  void readsByNameWithQuotesAndNullForNothing() throws IOException {
    register("\uFEFFunit,note,native_unit\nHours,\"a, b\",\"Hrs\nof use\"\n,,GB\n");
    assertThat(
            spark.sql("select native_unit, unit from reference__aws_units limit 2").collectAsList())
        .containsExactly(RowFactory.create("Hrs\nof use", "Hours"), RowFactory.create("GB", null));
  }

  @Test
  void addsRowsToTheListAndReplacesThoseWithTheSameKey() throws IOException {
    register("aws_units", "native_unit,unit\nGB,Own GB\nBushels,Bushels\n");
    assertThat(
            spark
                .sql(
                    "select unit from reference__aws_units where native_unit in ('GB', 'Bushels',"
                        + " '1K Tokens')")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder("Own GB", "Bushels", "1000 Tokens");
  }

  @Test
  void aKeyOfSeveralColumnsReplacesOnlyRowsThatHaveAllOfThem() throws IOException {
    String header = "method,has_accelerators,of,accelerator,cpu,memory,source\n";
    register("node_split", header + "weights,true,unit,20,1,0,own\n");
    assertThat(
            spark
                .sql(
                    "select concat_ws(' ', has_accelerators, cast(cpu as int), source = 'own') from"
                        + " reference__node_split where method = 'weights'")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder("true 1 true", "false 9 false");
  }

  @Test
  void aNightSeesThatAListWasExtended() throws IOException {
    Config config = Config.defaults(home);
    String before = ConfigurationViews.digests(config, graph).get("reference.aws_units");
    register("aws_units", "native_unit,unit\nBushels,Bushels\n");
    assertThat(ConfigurationViews.digests(config, graph).get("reference.aws_units"))
        .isNotEqualTo(before);
  }

  @Test
  void commonSpellingsOfAcceleratorsAreKnown() throws IOException {
    ConfigurationViews.register(spark, Config.defaults(home), graph);
    assertThat(
            spark
                .sql(
                    "select concat(alias, ' is ', accelerator_model) from reference__accelerators"
                        + " where alias in ('a100', 'A100', 'a100-80gb', 'h100', 'v100', 'l40',"
                        + " 'rtx_a6000', 'mi300x')")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder(
            "a100 is A100 40GB",
            "A100 is A100 40GB",
            "a100-80gb is A100 80GB",
            "h100 is H100 80GB",
            "v100 is V100 16GB",
            "l40 is L40",
            "rtx_a6000 is RTX A6000",
            "mi300x is Instinct MI300X");
  }

  @Test
  void anAliasOfAnAcceleratorIsListedOnce() throws IOException {
    ConfigurationViews.register(spark, Config.defaults(home), graph);
    assertThat(
            spark
                .sql("select alias from reference__accelerators group by all having count(*) > 1")
                .collectAsList())
        .isEmpty();
  }

  @Test
  void refusesAListWithoutAColumnEvenWhenItIsEmpty() {
    refuses(
        "native_unit\n", "Cannot read reference/aws_units.csv: it has no column 'unit'. Add it.");
  }

  @Test
  void refusesARecordThatLacksAValue() {
    refuses(
        "native_unit,unit\nHrs,Hours\nGB\n",
        "Cannot read line 3 of reference/aws_units.csv: it has 1 values, the header 2. Write one"
            + " value for each column, in double quotes if it contains a comma.");
  }

  @Test
  void refusesAQuoteThatDoesNotEnd() {
    refuses(
        "native_unit,unit\nHrs,\"Hours\n",
        "Cannot read line 2 of reference/aws_units.csv: a quote that is never closed.");
  }

  @Test
  void refusesAValueThatIsNoNumberOrDate() {
    String header =
        "cluster,node,provider_resource_id,accelerators,accelerator_model,cpu_cores,memory_gib,"
            + "valid_from,valid_to\n";
    refuses(
        "nodes",
        header + "tiny,n1,,8,a100,96,1024,,\ntiny,n2,,eight,a100,96,1024,,\n",
        "Cannot read row 2 of reference/nodes.csv: accelerators is 'eight', not a number of type"
            + " decimal(18,3). Correct it.");
    refuses(
        "nodes",
        header + "tiny,n1,,8,a100,96,1024,September,\n",
        "Cannot read row 1 of reference/nodes.csv: valid_from is 'September', not a date such as"
            + " 2026-09-01. Correct it.");
  }

  @Test
  void refusesARuleThatCannotHold() {
    refusesRule(
        "60,(,,,,training,,true,",
        "resource is '(', which is no regular expression: Unclosed group. Correct it.");
    refusesRule(
        "60,^a,,,,trainng,,true,",
        "use_kind is 'trainng', not one of distillation, evaluation, inference, labelling, notebook,"
            + " processing, training, tuning. Did you mean 'training'? Correct it, or add it to the"
            + " list reference/use_kinds.csv.");
    refusesRule(
        "60,^a,,,,inference,/e/.+,false,",
        "endpoint is '/e/.+', which has no group. Put the part that is wanted in brackets.");
    refusesRule(
        "60,^a,,,,inference,(,false,",
        "endpoint is '(', which is no regular expression: Unclosed group. Correct it.");
    refusesRule(
        "60,,,,,training,,true,",
        "it would hold for everything. Write at least one of resource, service, meter, unit.");
    refusesRule("60,^a,,,,,,true,", "it has no use_kind. Write one.");
  }

  private void refusesRule(String rule, String problem) {
    refuses(
        "billed_uses",
        "rank,resource,service,meter,unit,use_kind,endpoint,is_run,source\n59,^b,,,,training,,true,\n"
            + rule
            + "\n",
        "Cannot read row 2 of reference/billed_uses.csv: " + problem);
  }

  @Test
  void refusesAWordOfNoStatus() {
    refuses(
        "run_statuses",
        "word,status,of\nexploded,broken,own\n",
        "Cannot read row 1 of reference/run_statuses.csv: status is 'broken', not one of completed,"
            + " failed, preempted, running, stopped. Correct it.");
  }

  @Test
  void refusesAPriceOfNoPeriod() {
    String header =
        "vendor,model,aliases,valid_from,valid_to,daily_from,daily_to,context_above,input_usd,"
            + "cached_input_usd,output_usd,batch_factor,batch_cached_factor\n";
    String place = "Cannot read row 1 of reference/token_prices.csv: ";
    refuses(
        "token_prices",
        header + "own,m,,2026-09-01,2026-09-01,,,,1,,,,\n",
        place + "valid_from is not before valid_to. Correct one of them.");
    refuses(
        "token_prices",
        header + "own,m,,,,9:00,20:00,,1,,,,\n",
        place + "daily_from is '9:00', not a time of day such as 08:30. Correct it.");
    refuses(
        "token_prices",
        header + "own,m,,,,09:00,,,1,,,,\n",
        place + "it has only one of daily_from and daily_to. Write both, or none.");
    refuses(
        "token_prices", header + "own,m,,,,,,,,,,,\n", place + "it has no input_usd. Write one.");
  }

  @Test
  void refusesAKindOfUseOfAnUnknownStage() {
    refuses(
        "use_kinds",
        "use_kind,stage,used_for,is_run,is_session,meaning\npruning,tun,training,true,false,\n",
        "Cannot read row 1 of reference/use_kinds.csv: stage is 'tun', not one of data, evaluate,"
            + " other, serve, store, train, tune. Did you mean 'tune'? Correct it.");
  }

  @Test
  void theListOfNodesInTheDocsNamesKnownAccelerators() throws IOException {
    String example =
        Files.readString(Path.of("docs/telemetry.md"))
            .lines()
            .filter(line -> line.matches(" {4}(cluster,node|tiny,gpu).*"))
            .map(String::strip)
            .collect(Collectors.joining("\n", "", "\n"));
    register("nodes", example);
    assertThat(spark.table("reference__nodes").count()).isEqualTo(2);
    assertThat(
            spark
                .sql(
                    "select node from reference__nodes as nodes left anti join"
                        + " reference__accelerators as models on nodes.accelerator_model ="
                        + " models.alias")
                .collectAsList())
        .isEmpty();
  }

  private void refuses(String units, String message) {
    refuses("aws_units", units, message);
  }

  private void refuses(String list, String rows, String message) {
    assertThatThrownBy(() -> register(list, rows))
        .hasMessageStartingWith(message)
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.family()).isEqualTo(Failure.Family.OPERATOR));
  }

  private void register(String units) throws IOException {
    register("aws_units", units);
  }

  private void register(String list, String rows) throws IOException {
    Files.createDirectories(home.resolve("reference"));
    Files.writeString(home.resolve("reference/" + list + ".csv"), rows);
    ConfigurationViews.register(spark, Config.defaults(home), graph);
  }
}
