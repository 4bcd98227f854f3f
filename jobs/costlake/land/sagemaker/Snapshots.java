package costlake.land.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Descriptions of endpoints and notebooks in a month, of several nights. SageMaker describes only
 * how many instances an endpoint has now, so earlier descriptions are kept. Of equal ones in
 * succession, the first and the last are kept.
 */
public final class Snapshots {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OBSERVED_AT = "ObservedAt";
  private static final List<String> ARNS =
      List.of("EndpointArn", "EndpointConfigArn", "NotebookInstanceArn");

  private final Map<String, List<ObjectNode>> byArn = new TreeMap<>();
  private final Instant end;

  /**
   * Begins without descriptions.
   *
   * @param end first instant after the month
   */
  public Snapshots(Instant end) {
    this.end = end;
  }

  /** Adds the descriptions that a file has, one per line. */
  public void read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (JSON.readTree(line) instanceof ObjectNode described) {
          of(described).add(described);
        }
      }
    } catch (IOException e) {
      throw Failure.internal(
          e,
          "Cannot read %s: %s. Restore it from the backup, or remove its delivery.",
          file,
          e.getMessage());
    }
  }

  /**
   * Adds a description, unless the resource is newer than the month, or was already described after
   * the end of the month.
   */
  public void add(ObjectNode description, Instant now) {
    List<ObjectNode> earlier = of(description);
    boolean isLater = instant(description.path("CreationTime"), Instant.MIN).compareTo(end) >= 0;
    boolean isComplete =
        !earlier.isEmpty()
            && instant(last(earlier).path(OBSERVED_AT), Instant.MIN).compareTo(end) >= 0;
    if (isLater || isComplete) {
      return;
    }
    int count = earlier.size();
    if (count > 1
        && isEqual(earlier.get(count - 2), description)
        && isEqual(last(earlier), description)) {
      earlier.remove(count - 1);
    }
    earlier.add(description.deepCopy().put(OBSERVED_AT, now.toString()));
  }

  private List<ObjectNode> of(ObjectNode description) {
    String arn =
        ARNS.stream()
            .map(name -> description.path(name).asText())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return byArn.computeIfAbsent(arn, any -> new ArrayList<>());
  }

  private static ObjectNode last(List<ObjectNode> descriptions) {
    return descriptions.get(descriptions.size() - 1);
  }

  private static boolean isEqual(ObjectNode one, ObjectNode other) {
    return text(one).equals(text(other));
  }

  /** Returns the text of a description without its time. Equal numbers may be of several types. */
  private static String text(ObjectNode description) {
    return description.deepCopy().without(List.of(OBSERVED_AT)).toString();
  }

  private static Instant instant(JsonNode time, Instant otherwise) {
    return time.isTextual() ? Instant.parse(time.asText()) : otherwise;
  }

  /** Returns the descriptions by ARN, each in the order of time. */
  public List<ObjectNode> all() {
    return byArn.values().stream().flatMap(List::stream).toList();
  }
}
