package costlake.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Finds methods that Java's second compiler refused to compile, in a flight recording. Such a
 * method stays in the slower code of the first compiler as long as the process runs.
 */
final class RefusedMethods {
  private static final String COMPILATION = "jdk.Compilation";
  private static final String FAILURE = "jdk.CompilationFailure";
  private static final int LEVEL_OF_SECOND_COMPILER = 4;

  /**
   * A method that was refused.
   *
   * @param at start of the compilation that failed
   */
  record Refused(String method, String reason, Instant at) {}

  /**
   * What the second compiler did with the methods of some classes.
   *
   * @param compiled number of methods that it compiled
   * @param refused methods that it refused
   */
  record Found(int compiled, List<Refused> refused) {
    Found {
      refused = List.copyOf(refused);
    }
  }

  /**
   * Identifies a method. Generated classes have the same names again and again.
   *
   * @param isOsr whether it is the code for a loop that is already running
   */
  private record Key(long type, String name, String signature, boolean isOsr) {}

  private RefusedMethods() {}

  /** Returns the options that record the compilations of a virtual machine. */
  static List<String> recording(Path file) {
    return List.of(
        "-XX:StartFlightRecording=dumponexit=true,settings=none"
            + ",+%1$s#enabled=true,+%1$s#threshold=0ms,+%2$s#enabled=true,filename=%3$s"
                .formatted(COMPILATION, FAILURE, file));
  }

  /**
   * Reads a recording. A method that is compiled after a failure counts as compiled: some failures
   * are temporary, for example if a class is loaded meanwhile.
   *
   * @param prefix beginning of the names of the classes
   */
  static Found in(Path recording, String prefix) throws IOException {
    List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
    Map<Integer, String> reasons = reasons(events);
    Map<Key, Refused> refused = new LinkedHashMap<>();
    Map<Key, RecordedEvent> latest = latest(events, prefix);
    latest.forEach(
        (key, event) -> {
          if (!event.getBoolean("succeded")) {
            String reason = reasons.getOrDefault(event.getInt("compileId"), "unknown reason");
            refused.put(key, new Refused(name(event), reason, event.getStartTime()));
          }
        });
    return new Found(latest.size() - refused.size(), new ArrayList<>(refused.values()));
  }

  private static Map<Integer, String> reasons(List<RecordedEvent> events) {
    Map<Integer, String> reasons = new HashMap<>();
    for (RecordedEvent event : events) {
      if (event.getEventType().getName().equals(FAILURE)) {
        reasons.put(event.getInt("compileId"), event.getString("failureMessage"));
      }
    }
    return reasons;
  }

  /** Returns the last compilation of each method by the second compiler. */
  private static Map<Key, RecordedEvent> latest(List<RecordedEvent> events, String prefix) {
    Map<Key, RecordedEvent> latest = new LinkedHashMap<>();
    for (RecordedEvent event : events) {
      if (event.getEventType().getName().equals(COMPILATION)
          && event.getInt("compileLevel") == LEVEL_OF_SECOND_COMPILER
          && name(event).startsWith(prefix)) {
        latest.merge(key(event), event, RefusedMethods::later);
      }
    }
    return latest;
  }

  private static RecordedEvent later(RecordedEvent one, RecordedEvent other) {
    return one.getStartTime().isAfter(other.getStartTime()) ? one : other;
  }

  private static Key key(RecordedEvent event) {
    RecordedMethod method = event.getValue("method");
    return new Key(
        method.getType().getId(),
        method.getName(),
        method.getDescriptor(),
        event.getBoolean("isOsr"));
  }

  private static String name(RecordedEvent event) {
    RecordedMethod method = event.getValue("method");
    return method.getType().getName() + "." + method.getName();
  }
}
