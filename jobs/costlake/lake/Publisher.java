package costlake.lake;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moves the tables of a publication, several at a time; finishing one that was cut off moves just
 * the rest.
 */
final class Publisher {
  private final TableFormat format;
  private final Journal journal;

  Publisher(TableFormat format, Journal journal) {
    this.format = format;
    this.journal = journal;
  }

  /** Journals the intent, then carries it out. */
  Publication publish(Publication publication) {
    FailPoint.reached(FailPoints.PUBLISH_BEFORE_JOURNAL);
    journal.write(publication);
    FailPoint.reached(FailPoints.PUBLISH_AFTER_JOURNAL);
    return finish(publication);
  }

  /** Carries a journalled intent out. */
  Publication finish(Publication publication) {
    Map<String, String> versions =
        new TreeMap<>(journal.current().map(Publication::versions).orElse(Map.of()));
    versions.putAll(moved(publication));
    FailPoint.reached(FailPoints.PUBLISH_BEFORE_PUBLISHED);
    Publication published = publication.published(versions);
    journal.write(published);
    FailPoint.reached(FailPoints.PUBLISH_AFTER_PUBLISHED);
    return published;
  }

  private Map<String, String> moved(Publication publication) {
    AtomicInteger moved = new AtomicInteger();
    List<Callable<Map.Entry<String, String>>> moves = new ArrayList<>();
    publication
        .targets()
        .forEach(
            (table, target) ->
                moves.add(
                    () -> {
                      String version =
                          format.publish(TableName.parse(table), target, publication.sequence());
                      passed(moved.incrementAndGet(), publication.targets().size());
                      return Map.entry(table, version);
                    }));
    Map<String, String> versions = new TreeMap<>();
    Parallel.all("publish", moves).forEach(move -> versions.put(move.getKey(), move.getValue()));
    return versions;
  }

  private static void passed(int moved, int all) {
    if (moved == 1) {
      FailPoint.reached(FailPoints.PUBLISH_AFTER_FIRST_TABLE);
    }
    if (moved == all / 2) {
      FailPoint.reached(FailPoints.PUBLISH_HALFWAY);
    }
  }
}
