package costlake.land.mlflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes runs and model versions as JSON lines, as the kind {@code mlflow} reads them. A file
 * without rows is not written.
 */
public final class RunRows implements Closeable {
  private static final String RUNS = "runs.jsonl";
  private static final String VERSIONS = "model_versions.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Map<String, BufferedWriter> files = new LinkedHashMap<>();
  private long runs;

  /**
   * Creates a writer.
   *
   * @param folder an empty folder
   */
  public RunRows(Path folder) {
    this.folder = folder;
  }

  void run(RunRow row) {
    runs++;
    write(RUNS, row.members());
  }

  void version(String model, String version, @Nullable String runId, @Nullable String millis) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("model", model);
    members.put("version", version);
    put(members, "run_id", runId);
    put(members, "created_at", RunRow.instant(millis));
    write(VERSIONS, members);
  }

  private static void put(Map<String, Object> members, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      members.put(name, value);
    }
  }

  private void write(String file, Map<String, Object> members) {
    try {
      BufferedWriter writer = files.get(file);
      if (writer == null) {
        // Half of a pair of surrogates, which is no text in UTF-8, becomes a question mark.
        writer =
            new BufferedWriter(
                new OutputStreamWriter(
                    Files.newOutputStream(folder.resolve(file)), StandardCharsets.UTF_8));
        files.put(file, writer);
      }
      writer.write(JSON.writeValueAsString(members));
      writer.write('\n');
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Returns the number of runs that were written. */
  public long runs() {
    return runs;
  }

  @Override
  public void close() {
    try {
      for (BufferedWriter file : files.values()) {
        file.close();
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Failure unwritable(IOException cause) {
    return Failure.internal(cause, "Cannot write below %s: %s", folder, FileErrors.why(cause));
  }
}
