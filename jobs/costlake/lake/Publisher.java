package costlake.lake;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import java.util.Map;
import java.util.TreeMap;

/**
 * Moves the tables of a publication, in order; finishing one that was cut off moves just the rest.
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
    int moved = 0;
    for (Map.Entry<String, String> target : new TreeMap<>(publication.targets()).entrySet()) {
      versions.put(
          target.getKey(),
          format.publish(
              TableName.parse(target.getKey()), target.getValue(), publication.sequence()));
      moved++;
      if (moved == 1) {
        FailPoint.reached(FailPoints.PUBLISH_AFTER_FIRST_TABLE);
      }
      if (moved == publication.targets().size() / 2) {
        FailPoint.reached(FailPoints.PUBLISH_HALFWAY);
      }
    }
    FailPoint.reached(FailPoints.PUBLISH_BEFORE_PUBLISHED);
    Publication published = publication.published(versions);
    journal.write(published);
    FailPoint.reached(FailPoints.PUBLISH_AFTER_PUBLISHED);
    return published;
  }
}
