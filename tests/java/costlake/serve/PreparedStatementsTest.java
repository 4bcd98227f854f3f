package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.serve.PreparedStatements.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks how many prepared statements a user can keep, and for how long. */
class PreparedStatementsTest {
  private static final class ManualClock extends Clock {
    private Instant now = Instant.parse("2026-11-28T08:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final ManualClock clock = new ManualClock();

  private static Statement of(String sql) {
    return new Statement(sql, List.of(), Duration.ZERO, null);
  }

  private List<String> keep(PreparedStatements statements, String user, int count, String sql) {
    List<String> handles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      handles.add(statements.keep(user, of(sql)));
    }
    return handles;
  }

  @Test
  void dropsTheStatementsUsedLongestAgo() {
    PreparedStatements statements = new PreparedStatements(3, 1 << 20, clock);
    List<String> first = keep(statements, "ines", 3, "select 1");
    assertThat(statements.find("ines", first.get(0))).isPresent();
    keep(statements, "ines", 1, "select 2");
    assertThat(first)
        .filteredOn(h -> statements.find("ines", h).isPresent())
        .containsExactly(first.get(0), first.get(2));
  }

  @Test
  void limitsTheSizeOfTheirTexts() {
    PreparedStatements statements = new PreparedStatements(1000, 1 << 20, clock);
    keep(statements, "ines", 50, "x".repeat(100_000));
    assertThat(statements.count("ines")).isEqualTo(5);
    List<Statement> bound =
        List.of(new Statement("?", List.of("x".repeat(500_000)), Duration.ZERO, null));
    bound.forEach(statement -> statements.keep("ines", statement));
    assertThat(statements.count("ines")).as("values as well").isEqualTo(1);
  }

  @Test
  void keepsTheStatementsOfOthersAndHidesThem() {
    PreparedStatements statements = new PreparedStatements(3, 1 << 20, clock);
    String his = statements.keep("pat", of("select 1"));
    keep(statements, "ines", 100, "x".repeat(100_000));
    assertThat(statements.find("pat", his)).contains(of("select 1"));
    assertThat(statements.find("ines", his)).isEmpty();
    statements.drop("ines", his);
    assertThat(statements.find("pat", his)).isPresent();
  }

  @Test
  void dropsStatementsThatWereNotUsedForTwoHours() {
    PreparedStatements statements = new PreparedStatements(1000, 1 << 20, clock);
    String unused = statements.keep("ines", of("select 1"));
    String used = statements.keep("ines", of("select 2"));
    clock.now = clock.now.plus(Duration.ofMinutes(90));
    assertThat(statements.find("ines", used)).isPresent();
    clock.now = clock.now.plus(Duration.ofMinutes(60));
    assertThat(statements.find("ines", unused)).isEmpty();
    assertThat(statements.find("ines", used)).isPresent();
  }
}
