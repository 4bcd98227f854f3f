package costlake.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import costlake.config.Config;
import costlake.config.Owners;
import costlake.config.Source;
import costlake.core.Failure;
import costlake.core.Folders;
import costlake.core.Progress;
import costlake.testing.Shared;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
  private static final Path EVERY_LINE_TYPE =
      Path.of("tests/fixtures/focus/aws_every_line_type.csv");

  private static final String HEADER =
      "BilledCost,BillingCurrency,BillingAccountId,BillingAccountName,SubAccountId,SubAccountName,"
          + "ProviderName,ServiceCategory,ServiceName,ChargeCategory,ChargeFrequency,"
          + "ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingPeriodEnd,Tags\n";

  @TempDir Path folder;

  private Path conf() {
    return folder.resolve("mine");
  }

  private InitReport init(Path from) {
    return Init.write(
        SparkHarness.spark().newSession(),
        Config.defaults(folder),
        Init.recognise(from, conf()),
        conf(),
        Progress.SILENT);
  }

  private Config config() {
    return Config.load(conf(), null, Map.of());
  }

  private static String charge(String account, String tags) {
    return "1.5,EUR,payer-1,Aldermoor,%s,%s,Microsoft,Compute,Virtual Machines,Usage,Usage-Based,2026-09-01T00:00:00Z,2026-09-01T01:00:00Z,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,\"%s\"\n"
        .formatted(account, "Name of " + account, tags.replace("\"", "\"\""));
  }

  private Path bill(String name, String... charges) throws IOException {
    Path file = folder.resolve("bills").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, HEADER + String.join("", charges));
  }

  @Test
  void proposesATeamForEachValueOfTheTeamsTag() {
    InitReport written = init(EVERY_LINE_TYPE);
    assertThat(written.tagKeys()).containsExactly("Team");
    assertThat(config().sources())
        .extracting(Source::id, Source::kind, Source::location)
        .containsExactly(tuple("aws", "aws-cur", EVERY_LINE_TYPE.toAbsolutePath().toString()));
    assertThat(config().owners().lastResort().team()).isEqualTo("unassigned");
    assertThat(config().owners().rules())
        .allSatisfy(rule -> assertThat(rule.kind()).isEqualTo(Owners.Kind.TAG))
        .hasSize(written.teams());
  }

  @Test
  void usesTheMostFrequentKeyIfNoKeyIsUsualForTeams() throws IOException {
    bill(
        "2026-09/a.csv",
        charge("s-1", "{\"squad\":\"Data Lab\",\"env\":\"prod\",\"Name\":\"x\"}"),
        charge("s-1", "{\"squad\":\"data-lab\",\"env\":\"prod\",\"Name\":\"y\"}"),
        charge("s-2", "{\"squad\":\"it's 'new'\",\"env\":\"prod\",\"Name\":\"z\"}"),
        charge("s-2", "{\"chapter\":\"a\",\"env\":\"prod\",\"Name\":\"z\"}"),
        charge("s-2", "{}"));
    init(folder.resolve("bills"));

    Owners owners = config().owners();
    assertThat(owners.tags().keys().get("team")).containsExactly("squad", "team");
    assertThat(owners.tags().keys().get("environment")).containsExactly("env", "environment");
    assertThat(owners.teams())
        .extracting(Owners.Team::id, Owners.Team::name)
        .containsExactly(
            tuple("data-lab", "Data Lab"),
            tuple("it-s-new", "it's 'new'"),
            tuple("unassigned", "Unassigned"));
    assertThat(owners.rules())
        .extracting(rule -> rule.where().get("team"), rule -> rule.assign().team())
        .containsExactly(
            tuple("Data Lab", "data-lab"),
            tuple("data-lab", "data-lab"),
            tuple("it's 'new'", "it-s-new"));
    assertThat(conf().resolve("owners.yml"))
        .content()
        .contains("SubAccountId: 's-2'", "Name of s-2", "3 of 5 charges");
  }

  @Test
  void makesEachAccountATeamIfNoTagCanNameTeams() throws IOException {
    bill("2026-09/a.csv", charge("s-1", "{}"), charge("s-2", "{\"env\":\"prod\"}"));
    init(folder.resolve("bills"));

    Config config = config();
    assertThat(config.company().name()).isEqualTo("Aldermoor");
    assertThat(config.company().currency()).isEqualTo("EUR");
    assertThat(config.owners().teams())
        .extracting(Owners.Team::name)
        .containsExactly("Name of s-1", "Name of s-2", "Unassigned");
    assertThat(config.owners().rules())
        .extracting(rule -> rule.where().get("SubAccountId"))
        .containsExactly("s-1", "s-2");
  }

  @Test
  void putsTheLakeAndTheStatementsOutsideTheConfigurationFolder() throws IOException {
    init(bill("a.csv", charge("s-1", "{}")));
    Config config = config();
    for (String place :
        List.of(config.lake().root(), config.statement().to(), config.serve().users())) {
      assertThat(Path.of(place).getParent()).isEqualTo(folder);
      assertThat(Path.of(place)).isNotEqualTo(conf());
    }
    assertThat(conf().resolve("sources.yml")).content().contains("'../bills/a.csv'");
  }

  @Test
  void makesSourcesOfLogsTrackersAndListsBesideTheBill() throws IOException {
    bill("2026-09/a.csv", charge("s-1", "{}"));
    Folders.copy(Path.of("sources/slurm/fixture"), made("all/sacct"));
    Folders.copy(Path.of("sources/mlflow/fixture"), made("all/tracking"));
    Folders.copy(Path.of("sources/sagemaker/fixture"), made("all/sagemaker"));
    Folders.copy(Path.of("sources/gateway/fixture"), made("all/envoy"));
    Folders.copy(folder.resolve("bills"), made("all/bills"));
    String columns =
        "cluster,node,provider_resource_id,accelerators,accelerator_model,cpu_cores,memory_gib,valid_from,valid_to\n";
    Files.writeString(folder.resolve("all/nodes.csv"), columns + "tiny,n1,i-1,,,,,,\n");
    Files.createDirectories(folder.resolve("all/metrics/2026-09-14"));
    Files.writeString(folder.resolve("all/metrics/2026-09-14/pod-labels.json"), "{}");

    init(folder.resolve("all"));
    assertThat(config().sources())
        .extracting(Source::kind, source -> folder.relativize(Path.of(source.location())))
        .containsExactlyInAnyOrder(
            tuple("focus", Path.of("all/bills")),
            tuple("slurm", Path.of("all/sacct")),
            tuple("sagemaker", Path.of("all/sagemaker")),
            tuple("mlflow", Path.of("all/tracking/mlruns")));
    assertThat(conf().resolve("reference/nodes.csv")).hasContent(columns + "tiny,n1,i-1,,,,,,");
    assertThat(conf().resolve("sources.yml"))
        .content()
        .contains("  # which jobs held which nodes", "  #   it needs group: ")
        .contains("  #   it needs resources on the bill: Cost and Usage Reports")
        .contains(
            "  #- {id: gateway, kind: gateway, location: '../all/envoy', columns: {requested_at:"
                + " 'start_time', request_id: 'x_request_id', ")
        .contains(
            "  #- {id: prometheus, kind: prometheus, location: '../all/metrics', cluster: NAME,"
                + " step_s: SECONDS}");
  }

  private Path made(String path) throws IOException {
    return Files.createDirectories(folder.resolve(path));
  }

  @Test
  void saysThatTeamsComeFromBillsIfThereAreOnlyLogs() {
    assertThatThrownBy(() -> Init.recognise(Path.of("sources/slurm/fixture"), conf()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("holds no bill", "costlake add-source KIND");
  }

  @Test
  void exampleOfAPoolIsValid() throws IOException {
    init(bill("a.csv", charge("s-1", "{}")));
    Path allocation = conf().resolve("allocation.yml");
    String text = Files.readString(allocation);
    assertThat(text).contains("#   - {id: support", "pools: []");
    Files.writeString(
        allocation,
        text.replaceFirst(
            "(?s)#   (- \\{id: support[^}]*}[^}]*})(.*)pools: \\[]", "$2pools:\n  $1"));
    assertThat(config().allocation().pools()).hasSize(1);
  }

  @Test
  void makesASourceOfEachFolderWithOneKindOfBill() throws IOException {
    bill("azure/2026-08/a.csv", charge("s-1", "{}"));
    bill("azure/2026-09/a.csv", charge("s-2", "{}"), charge("s-2", "{}"));
    Files.createDirectories(folder.resolve("bills/aws"));
    Files.copy(EVERY_LINE_TYPE, folder.resolve("bills/aws/cur.csv"));
    Files.writeString(folder.resolve("bills/other.csv"), "a,b\n1,2\n");

    assertThat(Init.recognise(folder.resolve("bills"), conf()).others())
        .singleElement()
        .satisfies(other -> assertThat(other.why()).contains("other.csv", "a, b"));
    init(folder.resolve("bills"));
    assertThat(config().sources())
        .extracting(Source::id, source -> Path.of(source.location()).getFileName().toString())
        .containsExactlyInAnyOrder(tuple("aws", "aws"), tuple("microsoft-focus", "azure"));
  }

  @Test
  void refusesAFolderThatIsNotEmptyAndAFileThatIsNotABill() throws IOException {
    Path bill = bill("a.csv", charge("s-1", "{}"));
    Files.createDirectories(conf());
    Files.writeString(conf().resolve("notes"), "mine");
    assertThatThrownBy(() -> Init.recognise(bill, conf()))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(conf().toString(), "not an empty folder", "new or empty");
    Files.delete(conf().resolve("notes"));

    Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> Init.recognise(other, conf()))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("Cannot recognise", "other.csv", "a, b");
  }

  @Test
  void proposesFromARealLegacyBill() {
    InitReport written = init(Shared.path("data/billing/aws/cur_legacy_2023-11.csv"));
    assertThat(written.charges()).isEqualTo(1281);
    assertThat(written.cost().get("USD")).isEqualByComparingTo("1.6823086974");
    assertThat(config().owners().rules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.where()).containsEntry("SubAccountId", "123412340534"));
  }
}
