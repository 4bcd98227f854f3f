package costlake.lake;

import costlake.core.Parallel;
import costlake.core.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the lake small: expires old versions, removes files that belong to no table, and merges
 * small files of tables that only grow. Keeps the versions of the last publication, and of all
 * publications that are not old enough to expire. Does not merge files of published tables, because
 * a night replaces whole partitions of them.
 */
public final class Maintenance {
  private final TableFormat format;
  private final Journal journal;
  private final List<TableSpec> growing;

  /**
   * Prepares the maintenance of a lake.
   *
   * @param growing tables that only grow
   */
  Maintenance(TableFormat format, Journal journal, List<TableSpec> growing) {
    this.format = format;
    this.journal = journal;
    this.growing = List.copyOf(growing);
  }

  /**
   * Maintains every table, several at a time. The caller must have the writer's lock.
   *
   * @param now present time
   * @return a description of the work on each table, by table name
   */
  public Map<String, String> run(
      costlake.config.MaintenanceConfig config, Instant now, Progress progress) {
    MaintenancePlan plan =
        new MaintenancePlan(
            now.minus(Duration.ofDays(config.snapshotsKeepDays())),
            now.minus(Duration.ofDays(config.orphansKeepDays())),
            config.smallFileMib() * 1024L * 1024L);
    Map<String, Callable<String>> work = new TreeMap<>();
    versions()
        .forEach(
            (name, version) -> {
              TableName table = TableName.parse(name);
              work.put(
                  name,
                  () -> {
                    // A publication that is not in the journal must be undone before its version
                    // expires.
                    if (format.isAhead(table, Optional.of(version))) {
                      format.takeBack(table, Optional.of(version));
                    }
                    return format.expire(table, pinned(table, plan), plan);
                  });
            });
    for (TableName table : growing()) {
      work.put(
          table.toString(),
          () ->
              "%d small files merged, %s"
                  .formatted(format.merge(table, plan), format.expire(table, Set.of(), plan)));
    }
    progress.begin("Maintaining", work.size(), "tables");
    try {
      work.replaceAll((table, piece) -> counted(piece, progress));
      Map<String, String> done = Parallel.all("maintain the lake", work);
      journal.prune(plan.expireBefore());
      return done;
    } finally {
      progress.end();
    }
  }

  private static Callable<String> counted(Callable<String> piece, Progress progress) {
    return () -> {
      String done = piece.call();
      progress.advance(1);
      return done;
    };
  }

  private Map<String, String> versions() {
    return journal.current().map(Publication::versions).orElse(Map.of());
  }

  private Set<TableName> growing() {
    return growing.stream()
        .map(TableSpec::name)
        .filter(name -> format.version(name).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> pinned(TableName table, MaintenancePlan plan) {
    return Stream.concat(
            journal.current().stream(),
            journal.all().stream().filter(p -> p.at().isAfter(plan.expireBefore())))
        .map(p -> p.versions().get(table.toString()))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
