package costlake.land.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.land.read.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowFilesTest {
  private static final int BYTES_MAX = 1 << 20;

  private static final Path FIXTURE = Path.of("sources/mlflow/fixture/mlruns");

  @TempDir Path folder;

  /** The files below a folder. */
  private record Folder(Path root) implements Storage {
    @Override
    public List<Found> list() throws IOException {
      try (Stream<Path> walk = Files.walk(root)) {
        return walk.filter(Files::isRegularFile)
            .map(file -> root.relativize(file).toString())
            .sorted()
            .map(key -> new Found(key, 0, "", Instant.EPOCH))
            .toList();
      }
    }

    @Override
    public InputStream open(String key) throws IOException {
      return Files.newInputStream(root.resolve(key));
    }

    @Override
    public String address(String key) {
      return root.resolve(key).toString();
    }

    @Override
    public void close() {}
  }

  @Test
  void readsScalarsAsTextWhateverTypeTheyClaim() throws IOException {
    Path run = Files.createDirectories(folder.resolve("store/0/r1"));
    Files.writeString(
        run.resolve("meta.yaml"),
        """
        run_id: r1
        status: !!int x
        user_id: null
        end_time: !!timestamp y
        """);
    Files.createDirectories(run.resolve("params"));
    Files.writeString(run.resolve("params/long"), "x".repeat(BYTES_MAX + 1));
    try (RunRows rows = new RunRows(folder)) {
      new MlflowFiles(new Folder(folder.resolve("store")), Map.of(), BYTES_MAX).read(rows);
    }
    assertThat(Files.readAllLines(folder.resolve("runs.jsonl")))
        .containsExactly(
            """
            {"run_id":"r1","experiment_id":"0","status":"x","ended_at":"y",\
            "problems":"long is longer than limits.record_size_mib_max","metrics":{},"params":{},"tags":{}}\
            """);
  }

  @Test
  void readsRunsAndKeepsWhatIsDamaged() throws IOException {
    try (RunRows rows = new RunRows(folder)) {
      new MlflowFiles(new Folder(FIXTURE), Map.of("checkpoints", "metrics.accuracy"), BYTES_MAX)
          .read(rows);
    }
    assertThat(Files.readAllLines(folder.resolve("runs.jsonl")))
        .containsExactly(
            """
            {"run_id":"aaa","run_name":"first, \\"quoted\\"","experiment_id":"1",\
            "experiment_name":"churn","user_id":"ann","status":"FINISHED",\
            "lifecycle_stage":"active","artifact_uri":"s3://artifacts/1/aaa",\
            "started_at":"2026-09-05T10:00:00Z",\
            "ended_at":"2026-09-05T11:00:00Z","metrics.accuracy":\
            "2026-09-05T10:00:01Z,2026-09-05T10:43:20Z,2026-09-05T10:43:20.001Z",\
            "metrics":{"accuracy":"0.913","eval/loss":"NaN"},"params":{"lr":"0.1"},\
            "tags":{"costlake.checkpoints":"2026-09-05T10:40:00Z","costlake.cluster":"gpu",\
            "costlake.pod":"ml/first-0"}}""",
            """
            {"run_id":"bbb","run_name":"deleted while it ran","experiment_id":"1",\
            "experiment_name":"churn","user_id":"bob","status":"RUNNING",\
            "lifecycle_stage":"deleted","artifact_uri":"s3://artifacts/1/bbb",\
            "started_at":"2026-09-05T10:00:00Z",\
            "metrics":{},"params":{},"tags":{"mlflow.parentRunId":"aaa"}}""",
            """
            {"run_id":"ccc","experiment_id":"1","experiment_name":"churn","status":"UNREADABLE",\
            "problems":"meta.yaml cannot be read","metrics":{},"params":{},"tags":{}}""",
            """
            {"run_id":"ddd","run_name":"cut metric","experiment_id":"1","experiment_name":"churn",\
            "status":"9","started_at":"2026-09-05T10:00:00Z","ended_at":"2026-09-05T11:00:00Z",\
            "problems":"a line of metric accuracy cannot be read",\
            "metrics.accuracy":"2026-09-05T10:00:01Z","metrics":{"accuracy":"0.25"},"params":{},\
            "tags":{}}""");
    assertThat(Files.readAllLines(folder.resolve("model_versions.jsonl")))
        .containsExactly(
            """
            {"model":"ranker","version":"1","run_id":"aaa","created_at":"2026-09-05T11:00:00Z"}""");
  }

  @Test
  void saysIfAFolderHasNoRuns() {
    assertThatThrownBy(() -> new MlflowFiles(new Folder(folder), Map.of(), BYTES_MAX).reach())
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("it has no file meta.yaml", "mlruns");
  }
}
