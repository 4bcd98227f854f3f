package costlake.init;

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
