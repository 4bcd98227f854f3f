package costlake.init;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddedSourceTest {
  private static final Path LOG = Path.of("sources/slurm/fixture");

  @TempDir Path folder;

  private Path conf() {
    return folder.resolve("conf");
  }

  private void sources(String text) throws IOException {
    Files.createDirectories(conf());
    Files.writeString(conf().resolve("sources.yml"), text);
  }

  private Config config() {
    return Config.load(conf(), null, Map.of());
  }

  @Test
  void addsASourceBehindTheOthersAndLeavesAllOtherLinesAsTheyAre() throws IOException {
    sources(
        """
        # ours
        sources:
        - {id: slurm, kind: slurm, location: old}   # the old cluster

        # the end
        """);
    AddedSource added = AddedSource.to(conf(), "slurm", LOG.toString(), null);
    assertThat(added.isComplete()).isTrue();
    assertThat(config().sources())
        .extracting(Source::id, Source::kind, Source::location)
        .containsExactly(
            tuple("slurm", "slurm", conf().resolve("old").toString()),
            tuple("slurm-2", "slurm", LOG.toAbsolutePath().toString()));
    assertThat(conf().resolve("sources.yml"))
        .content()
        .startsWith(
            "# ours\nsources:\n- {id: slurm, kind: slurm, location: old}   # the old cluster\n# which jobs held")
        .contains("#   it needs nodes: ", "#   it needs group: ", "#   it needs zone: ")
        .endsWith("\n\n# the end\n");
  }

  @Test
  void addsASourceToAnEmptyList() throws IOException {
    sources("sources: []\n");
    AddedSource.to(conf(), "mlflow", "https://mlflow.example.com", "tracker");
    assertThat(config().sources())
        .extracting(Source::id, Source::url)
        .containsExactly(tuple("tracker", "https://mlflow.example.com"));
  }

  @Test
  void writesAsCommentsWhatCannotBeReadYet() throws IOException {
    sources("sources: []\n");
    Path log = Files.writeString(folder.resolve("envoy.csv"), "start_time,tokens\n");
    AddedSource added = AddedSource.to(conf(), "gateway", log.toString(), null);
    assertThat(added.isComplete()).isFalse();
    assertThat(config().sources()).isEmpty();
    assertThat(conf().resolve("sources.yml"))
        .content()
        .startsWith("sources: []\n  # which tenant")
        .endsWith(
            "  #- {id: gateway, kind: gateway, location: '../envoy.csv', columns: {requested_at:"
                + " COLUMN}}\n");
  }

  @Test
  void proposesTheColumnsOfAGatewayWithItsOwnNames() throws IOException {
    sources("sources: []\n");
    String log = "sources/gateway/fixture";
    AddedSource added = AddedSource.to(conf(), "gateway", log, null);
    assertThat(added.isComplete()).isFalse();
    assertThat(added.lines())
        .contains(
            "  #   it needs columns: the names in the log, e.g. {requested_at: start_time,"
                + " input_tokens: prompt_tokens} (sources/gateway/README.md)",
            "  #   check the columns: they are proposed by their names");
    Path file = conf().resolve("sources.yml");
    Files.writeString(
        file, Files.readString(file).replace("sources: []", "sources:").replace("#- {", "- {"));
    assertThat(config().sources())
        .singleElement()
        .extracting(Source::columns)
        .isEqualTo(
            Map.ofEntries(
                entry("requested_at", "start_time"),
                entry("request_id", "x_request_id"),
                entry("endpoint_id", "route"),
                entry("model_id", "response_model"),
                entry("model_asked", "request_model"),
                entry("tenant_id", "team"),
                entry("status", "response_code"),
                entry("input_tokens", "prompt_tokens"),
                entry("cached_input_tokens", "cached_tokens"),
                entry("output_tokens", "completion_tokens")));
  }

  @Test
  void aGatewaysLogWithOurNamesNeedsNoColumnsAndAnotherKindMayReadAProposedOne()
      throws IOException {
    sources("sources: []\n");
    Path own =
        Files.writeString(
            folder.resolve("own.csv"), "requested_at,model_id,input_tokens,output_tokens\n");
    assertThat(AddedSource.to(conf(), "gateway", own.toString(), null).isComplete()).isTrue();
    AddedSource.to(conf(), "runs", "sources/gateway/fixture", null);
    assertThat(config().sources())
        .extracting(Source::kind, Source::columns)
        .containsExactly(tuple("gateway", Map.of()), tuple("runs", Map.of()));
  }

  @Test
  void refusesAnotherKindAndAPathThatDoesNotExist() throws IOException {
    sources("sources: []\n");
    assertThatThrownBy(() -> AddedSource.to(conf(), "litellm", LOG.toString(), null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is a job log of Slurm", "add-source slurm " + LOG);
    assertThatThrownBy(() -> AddedSource.to(conf(), "slurm", "nowhere", null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nowhere", "does not exist");
    assertThatThrownBy(() -> AddedSource.to(conf(), "slrum", LOG.toString(), null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Did you mean 'slurm'?");
    assertThat(conf().resolve("sources.yml")).hasContent("sources: []");
  }
}
