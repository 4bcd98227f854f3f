package costlake.serve;

import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.lake.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps the sessions of the current publication, one for each scope. Users with the same scope
 * share a session. A new publication gets new sessions; running queries keep their session.
 */
final class SessionCache {
  private static final int SESSIONS_MAX = 64;

  private final SparkSession engine;
  private final Lake lake;
  private final Map<TeamScope, ScopedSession> open = new LinkedHashMap<>(SESSIONS_MAX, 0.75f, true);
  private long sequence = -1;

  SessionCache(SparkSession engine, Lake lake) {
    this.engine = engine;
    this.lake = lake;
  }

  SparkContext engine() {
    return engine.sparkContext();
  }

  /**
   * Returns the session of a scope in the current publication. Before the first night it has no
   * tables.
   */
  synchronized ScopedSession of(TeamScope scope) {
    Optional<Publication> publication = lake.publication();
    long now = publication.map(Publication::sequence).orElse(0L);
    if (now != sequence) {
      close();
      sequence = now;
    }
    ScopedSession scoped = open.get(scope);
    if (scoped == null) {
      scoped =
          ScopedSession.open(engine, names(publication), name -> read(publication, name), scope);
      open.put(scope, scoped);
      closeEldest();
    }
    return scoped;
  }

  private static List<String> names(Optional<Publication> publication) {
    return publication.stream()
        .flatMap(p -> p.versions().keySet().stream())
        .filter(SecuredCatalog::offers)
        .sorted()
        .toList();
  }

  private org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> read(
      Optional<Publication> publication, String name) {
    return lake.read(publication.orElseThrow(), TableName.parse(name));
  }

  private void closeEldest() {
    if (open.size() > SESSIONS_MAX) {
      TeamScope eldest = open.keySet().iterator().next();
      open.remove(eldest).close();
    }
  }

  /** Removes all sessions and their cached rows. */
  synchronized void close() {
    open.values().forEach(ScopedSession::close);
    open.clear();
  }
}
