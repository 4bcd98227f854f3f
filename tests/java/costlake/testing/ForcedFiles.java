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

/** Which files and folders are forced to disk, as the recorder of the virtual machine sees it. */
public final class ForcedFiles {
  private static final String FORCE = "jdk.FileForce";

  /**
   * What the recorder saw.
   *
   * @param commit whether a {@link WatchedCatalog} is about to name the file; else it was forced
   */
  public record Step(boolean commit, Path path) {}

  private ForcedFiles() {}

  /** Those forced while something is done, in order. */
  public static List<Path> during(Executable work) throws Throwable {
    return stepsOf(work).stream().filter(step -> !step.commit()).map(Step::path).toList();
  }

  /** Files forced, and commits to a watched catalog, while something is done, in order. */
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
