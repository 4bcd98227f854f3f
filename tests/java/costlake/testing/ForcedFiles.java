package costlake.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.function.Executable;

/**
 * Records which files and folders are forced to disk, with the flight recorder of the JVM (JFR).
 */
public final class ForcedFiles {
  private static final String FORCE = "jdk.FileForce";

  /**
   * A recorded event.
   *
   * @param commit true if a {@link WatchedCatalog} is about to commit this metadata file, false if
   *     the file or folder was forced to disk
   */
  public record Step(boolean commit, Path path) {}

  private ForcedFiles() {}

  /** Returns the files and folders that are forced to disk while {@code work} runs, in order. */
  public static List<Path> during(Executable work) throws Throwable {
    return stepsOf(work).stream().filter(step -> !step.commit()).map(Step::path).toList();
  }

  /**
   * Returns the files and folders forced to disk, and the commits to a watched catalog, while
   * {@code work} runs, in order.
   */
  public static List<Step> stepsOf(Executable work) throws Throwable {
    try (Recording recording = new Recording()) {
      recording.enable(FORCE).withoutThreshold().withoutStackTrace();
      recording.enable(WatchedCatalog.Commit.class).withoutThreshold().withoutStackTrace();
      recording.start();
      work.execute();
      recording.stop();
      return steps(recording);
    }
  }

  private static List<Step> steps(Recording recording) throws IOException {
    Path dump = Files.createTempFile("forced", ".jfr");
    try {
      recording.dump(dump);
      return RecordingFile.readAllEvents(dump).stream()
          .sorted(Comparator.comparing(RecordedEvent::getStartTime))
          .map(ForcedFiles::step)
          .toList();
    } finally {
      Files.delete(dump);
    }
  }

  private static Step step(RecordedEvent event) {
    return new Step(
        !event.getEventType().getName().equals(FORCE), Path.of(event.getString("path")));
  }
}
