package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import costlake.config.SourceKinds;
import costlake.core.Folders;
import costlake.land.Recognition.Found;
import costlake.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in a folder of mixed files is recognised by the headers and names of its files. */
class RecognitionTest {
  private static final String ANSWER =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}";

  @TempDir Path folder;

  private void copy(String from, String to) throws IOException {
    Path target = folder.resolve(to);
    Files.createDirectories(target);
    Folders.copy(Path.of(from), target);
  }

  private static Tuple found(Found one, Path below) {
    return tuple(below.relativize(one.location()).toString(), one.kind().id());
  }

  @Test
  void findsEachKindInAFolderOfMixedFiles() throws IOException {
    copy("tests/fixtures/bill", "bills");
    copy("sources/slurm/fixture", "sacct");
    copy("sources/litellm/fixture", "proxy");
    copy("sources/mlflow/fixture", "tracking");
    copy("sources/wandb/fixture", "wandb");
    copy("sources/runs/fixture", "runs");
    Files.createDirectories(folder.resolve("metrics/2026-09-14"));
    Files.writeString(folder.resolve("metrics/2026-09-14/pod-labels.json"), ANSWER);
    Files.writeString(folder.resolve("settings.json"), "{\"theme\": \"dark\"}");
    Files.writeString(folder.resolve("mlflow.db"), "");
    Files.writeString(
        folder.resolve("nodes.csv"),
        "cluster,node,provider_resource_id,accelerators,accelerator_model,cpu_cores,memory_gib,valid_from,valid_to\n");

    Recognition.Result result = Recognition.of(folder);
    assertThat(result.found())
        .extracting(one -> found(one, folder))
        .containsExactlyInAnyOrder(
            tuple("bills", "aws-cur"),
            tuple("sacct", "slurm"),
            tuple("proxy", "litellm"),
            tuple("tracking/mlruns", "mlflow"),
            tuple("mlflow.db", "mlflow"),
            tuple("wandb", "wandb"),
            tuple("runs", "runs"),
            tuple("metrics", "prometheus"));
    assertThat(result.lists()).containsExactly(folder.resolve("nodes.csv"));
    assertThat(result.others()).isEmpty();
  }

  @Test
  void aListBesideLogsIsNoPartOfTheirSource() throws IOException {
    copy("sources/slurm/fixture", ".");
    Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    Recognition.Result result = Recognition.of(folder);
    assertThat(result.found())
        .extracting(one -> found(one, folder))
        .containsExactly(tuple("2026-09", "slurm"));
    assertThat(result.others())
        .extracting(other -> other.file().getFileName().toString())
        .containsExactly("other.csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gateway", "sagemaker", "vertex", "azureml", "azure", "slurm", "litellm", "wandb"})
  void noFixtureIsTakenForAnotherKind(String kind) throws IOException {
    copy("sources/" + kind + "/fixture", kind);
    assertThat(Recognition.ofAll(folder))
        .allSatisfy(one -> assertThat(one.kind()).isEqualTo(SourceKinds.of(kind)));
  }

  @ParameterizedTest
  @CsvSource({"data/slurm-cost/slurm, slurm", "data/slurm-xdmod/phillips.log.gz, slurm"})
  void findsRealLogs(String path, String kind) {
    assertThat(Recognition.ofAll(Shared.path(path)))
        .extracting(one -> one.kind().id())
        .containsExactly(kind);
  }
}
