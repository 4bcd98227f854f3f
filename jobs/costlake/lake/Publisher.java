package costlake.lake;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Parallel;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Publishes the tables of a publication, several at a time. If a table fails, starts no further
 * table and waits until the started tables are done. If a publication was interrupted, {@link
 * #finish} publishes the remaining tables.
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

  /**
   * Writes the publication to the journal, then publishes its tables.
   *
   * @param begun time at which the night began
   */
  Publication publish(Publication publication, Instant begun) {
    DiskSync disk = DiskSync.since(root, format, begun);
    each(
        publication,
        (table, target) -> {
          disk.force(table);
          return target;
        });
    FailPoint.reached(FailPoints.PUBLISH_BEFORE_JOURNAL);
    journal.write(publication);
    FailPoint.reached(FailPoints.PUBLISH_AFTER_JOURNAL);
    return finish(publication);
  }

  /**
   * Publishes the tables of a publication that the journal already has, then records it as
   * published.
   */
  Publication finish(Publication publication) {
    Map<String, String> versions = new TreeMap<>(kept(publication));
    versions.putAll(moved(publication));
    FailPoint.reached(FailPoints.PUBLISH_BEFORE_PUBLISHED);
    Map<String, String> hashes = remembered(publication);
    hashes.keySet().retainAll(versions.keySet());
    Publication published = publication.published(versions, hashes);
    journal.write(published);
    FailPoint.reached(FailPoints.PUBLISH_AFTER_PUBLISHED);
    return published;
  }

  /**
   * Returns the versions of the tables that the publication keeps. A publication that an earlier
   * version of the program began names none and keeps all.
   */
  private Map<String, String> kept(Publication publication) {
    return publication.versions().isEmpty()
        ? journal.current().map(Publication::versions).orElse(Map.of())
        : publication.versions();
  }

  /**
   * Returns the file of content hashes of each table after a publication. For a table that the
   * publication changes, returns the file that the publication names, or no file if the publication
   * names none.
   */
  private Map<String, String> remembered(Publication publication) {
    Map<String, String> hashes =
        new TreeMap<>(journal.current().map(Publication::hashes).orElse(Map.of()));
    hashes.keySet().removeAll(publication.targets().keySet());
    hashes.putAll(publication.hashes());
    return hashes;
  }

  private Map<String, String> moved(Publication publication) {
    AtomicInteger moved = new AtomicInteger();
    DiskSync disk = DiskSync.since(root, format, publication.at());
    return each(
        publication,
        (table, target) -> {
          String version = format.publish(table, target, publication.sequence());
          disk.force(table);
          if (moved.incrementAndGet() == 1) {
            FailPoint.reached(FailPoints.PUBLISH_AFTER_FIRST_TABLE);
          }
          return version;
        });
  }

  private Map<String, String> each(
      Publication publication, BiFunction<TableName, String, String> work) {
    Map<String, Callable<String>> works = new TreeMap<>();
    publication
        .targets()
        .forEach(
            (name, target) ->
                works.put(
                    name,
                    () ->
                        WriteErrors.guarded(
                            "publish " + name,
                            root,
                            () -> work.apply(TableName.parse(name), target))));
    return Parallel.all("publish", works);
  }
}
