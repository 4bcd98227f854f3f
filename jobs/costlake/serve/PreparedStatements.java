package costlake.serve;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the prepared statements of users, each under a random handle that only its user knows. If a
 * user has too many statements, or too much text, drops the statements of this user that were used
 * longest ago.
 */
final class PreparedStatements {
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(2);

  /** Memory of a statement in addition to its text. */
  private static final long OVERHEAD_BYTES = 500;

  /**
   * A prepared statement.
   *
   * @param used time that was spent on the statement before its rows are requested
   * @param running the query that reads its rows, null before the rows are requested
   */
  record Statement(
      String sql, List<Serializable> arguments, Duration used, @Nullable RunningQuery running) {
    long bytes() {
      long text = sql.length();
      for (Serializable argument : arguments) {
        text += argument instanceof String string ? string.length() : 1;
      }
      return OVERHEAD_BYTES + text * Character.BYTES;
    }
  }

  /** A stored statement and the time when it was last used. */
  private record Kept(Statement statement, Instant at) {}

  private final int countMax;
  private final long bytesMax;
  private final Clock clock;
  private final Map<String, Map<String, Kept>> byUser = new HashMap<>();

  PreparedStatements(int countMax, long bytesMax, Clock clock) {
    this.countMax = countMax;
    this.bytesMax = bytesMax;
    this.clock = clock;
  }

  /** Stores a new statement and returns its handle. */
  String keep(String user, Statement statement) {
    String handle = UUID.randomUUID().toString();
    put(user, handle, statement);
    return handle;
  }

  /** Stores a statement under a handle and replaces an earlier statement with this handle. */
  synchronized void put(String user, String handle, Statement statement) {
    Map<String, Kept> kept = byUser.computeIfAbsent(user, who -> new LinkedHashMap<>());
    kept.remove(handle);
    kept.put(handle, new Kept(statement, clock.instant()));
    dropOldest(kept);
  }

  private void dropOldest(Map<String, Kept> kept) {
    Instant forgotten = clock.instant().minus(FORGOTTEN_AFTER);
    long bytes = kept.values().stream().mapToLong(k -> k.statement().bytes()).sum();
    Iterator<Kept> oldest = kept.values().iterator();
    while (oldest.hasNext()) {
      Kept next = oldest.next();
      if (kept.size() <= countMax && bytes <= bytesMax && next.at().isAfter(forgotten)) {
        return;
      }
      bytes -= next.statement().bytes();
      oldest.remove();
    }
  }

  synchronized Optional<Statement> find(String user, String handle) {
    Map<String, Kept> kept = byUser.computeIfAbsent(user, who -> new LinkedHashMap<>());
    dropOldest(kept);
    Kept found = kept.get(handle);
    if (found != null) {
      put(user, handle, found.statement());
    }
    return Optional.ofNullable(found).map(Kept::statement);
  }

  synchronized void drop(String user, String handle) {
    byUser.getOrDefault(user, new HashMap<>()).remove(handle);
  }

  /** Returns the number of statements that are kept for a user. */
  synchronized int count(String user) {
    return byUser.getOrDefault(user, Map.of()).size();
  }
}
