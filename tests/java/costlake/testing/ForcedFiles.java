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
  private ForcedFiles() {}

  /** Those forced while something is done, in order. */
  public static List<Path> during(Executable work) throws Throwable {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold().withoutStackTrace();
      recording.start();
      work.execute();
      recording.stop();
      return forced(recording);
    }
  }

  private static List<Path> forced(Recording recording) throws IOException {
    Path dump = Files.createTempFile("forced", ".jfr");
    try {
      recording.dump(dump);
      return RecordingFile.readAllEvents(dump).stream()
          .sorted(Comparator.comparing(RecordedEvent::getStartTime))
          .map(event -> Path.of(event.getString("path")))
          .toList();
    } finally {
      Files.delete(dump);
    }
  }
}
