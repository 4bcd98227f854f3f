package costlake.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the lake small: versions nobody needs, files nobody knows. What a kept publication refers
 * to stays.
 */
public final class Maintenance {
  private final TableFormat format;
  private final Journal journal;

  Maintenance(TableFormat format, Journal journal) {
    this.format = format;
    this.journal = journal;
  }

  /**
   * Maintains every table.
   *
   * @param now the moment from which ages count
   * @return what was done, by table
   */
  public Map<String, String> run(costlake.config.Maintenance config, Instant now) {
    MaintenancePlan plan =
        new MaintenancePlan(
            now.minus(Duration.ofDays(config.snapshotsKeepDays())),
            now.minus(Duration.ofDays(config.orphansKeepDays())),
            config.smallFileMib() * 1024L * 1024L);
    Map<String, String> done = new TreeMap<>();
    for (String table : tables()) {
      done.put(table, format.maintain(TableName.parse(table), pinned(table, plan), plan));
    }
    return done;
  }

  private Set<String> tables() {
    Stream<String> published =
        journal.current().stream().flatMap(p -> p.versions().keySet().stream());
    Stream<String> ops =
        Ops.all().stream()
            .map(TableSpec::name)
            .filter(name -> format.version(name).isPresent())
            .map(TableName::toString);
    return Stream.concat(published, ops).collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> pinned(String table, MaintenancePlan plan) {
    return Stream.concat(
            journal.current().stream(),
            journal.all().stream().filter(p -> p.at().isAfter(plan.expireBefore())))
        .map(p -> p.versions().get(table))
        .filter(java.util.Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
