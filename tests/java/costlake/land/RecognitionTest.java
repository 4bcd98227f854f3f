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
import java.util.Map;
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
    copy("sources/sagemaker/fixture", "sagemaker");
    copy("sources/vertex/fixture", "vertex");
    copy("sources/azureml/fixture", "azureml");
    copy("sources/gateway/fixture", "envoy");
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
            tuple("sagemaker", "sagemaker"),
            tuple("vertex", "vertex"),
            tuple("azureml", "azureml"),
            tuple("envoy", "gateway"),
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

  @Test
  void proposesTheColumnsOfAGatewaysLogWithItsOwnNames() throws IOException {
    write("own.csv", "requested_at,endpoint_id,input_tokens,output_tokens\n2026-09-01,a,1,1\n");
    write(
        "cloudflare.csv",
        """
        id,created_at,provider,model,tokens_in,tokens_out,duration,cost,status_code
        1,2026-09-01T00:00:00Z,openai,gpt-4o,1,2,900,0.01,200
        """);
    write("weather.csv", "time,model,temperature\n2026-09-01,gfs,12\n");

    Recognition.Result result = Recognition.of(folder);
    assertThat(result.found())
        .extracting(one -> one.location().getFileName().toString(), Found::columns)
        .containsExactlyInAnyOrder(
            tuple("own.csv", Map.of()),
            tuple(
                "cloudflare.csv",
                Map.of(
                    "requested_at", "created_at",
                    "model_id", "model",
                    "input_tokens", "tokens_in",
                    "output_tokens", "tokens_out",
                    "status", "status_code")));
    assertThat(result.others())
        .extracting(other -> other.file().getFileName().toString())
        .containsExactly("weather.csv");
  }

  @Test
  void namesBothKindsOfAFileThatCouldBeTwo() throws IOException {
    write(
        "both.csv",
        "run_id,started_at,ended_at,outcome,requested_at,model_id,input_tokens,output_tokens\n");
    Recognition.Result result = Recognition.of(folder);
    assertThat(result.found()).isEmpty();
    assertThat(result.others())
        .singleElement()
        .extracting(Recognition.Other::why)
        .isEqualTo(
            "Cannot tell the kind of %1$s: it may be a log of requests or a table of runs. Name it:"
                    .formatted(folder.resolve("both.csv"))
                + " costlake add-source gateway|runs "
                + folder.resolve("both.csv"));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
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
