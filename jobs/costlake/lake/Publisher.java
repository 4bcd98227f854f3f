package costlake.lake;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Parallel;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moves the tables of a publication, several at a time. When one cannot be moved, those that are
 * being moved are waited for and no other begins; finishing a publication that was cut off moves
 * just the rest.
 */
final class Publisher {
  private final String root;
  private final TableFormat format;
  private final Journal journal;

  Publisher(String root, TableFormat format, Journal journal) {
    this.root = root;
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
    Map<String, Callable<String>> moves = new TreeMap<>();
    publication
        .targets()
        .forEach(
            (table, target) ->
                moves.put(
                    table,
                    () -> {
                      String version = move(table, target, publication.sequence());
                      passed(moved.incrementAndGet(), publication.targets().size());
                      return version;
                    }));
    return Parallel.all("publish", moves);
  }

  private String move(String table, String target, long sequence) {
    return Writes.guarded(
        "publish " + table, root, () -> format.publish(TableName.parse(table), target, sequence));
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
