package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.ServeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightStatusCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and the workers that answer them, whatever goes wrong on the way. */
@Timeout(60)
class RunningQueryTest {
  private Runner runner;

  @AfterEach
  void close() {
    runner.close();
  }

  static ServeConfig limits(int queriesMax) {
    return new ServeConfig(
        "127.0.0.1", 0, "users", null, null, 60, 1000, 8, queriesMax, 1, 64, 1024, 100, 8, 512);
  }

  private void serve(Class<?>... programs) {
    runner = new Runner(limits(1), new Workers(ScriptedWorker.starting(programs), 1));
  }

  private RunningQuery query(String user, String sql, Duration time) {
    Visitor visitor = new Visitor(user, new Scope(Optional.empty()));
    return runner.submit(Request.Kind.ROWS, visitor, sql, List.of(), time, () -> false);
  }

  private RunningQuery query(String user, String sql) {
    return query(user, sql, runner.time());
  }

  private List<String> answer(String user, String sql) {
    List<String> words = new ArrayList<>();
    CallStatus ended = query(user, sql).run(frame -> words.add(frame.text()), status -> {});
    assertThat(ended).isSameAs(RunningQuery.DONE);
    return words;
  }

  static List<Throwable> whatAReceiverThrows() {
    return List.of(
        new org.apache.arrow.memory.OutOfMemoryException("Unable to allocate buffer"),
        new OutOfMemoryError("Java heap space"));
  }

  @ParameterizedTest
  @MethodSource("whatAReceiverThrows")
  void nothingOfAnAnswerThatWasNotReadReachesTheNextUser(Throwable thrown) {
    serve();
    AtomicReference<CallStatus> told = new AtomicReference<>();
    CallStatus ended = query("ines", "hers hers hers").run(frame -> sneak(thrown), told::set);
    assertThat(ended.code()).isEqualTo(FlightStatusCode.INTERNAL);
    assertThat(ended.description()).isEqualTo(Messages.INSIDE);
    assertThat(told).hasValue(ended);
    assertThat(answer("finn", "his own")).containsExactly("his", "own");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void anotherWorkerIsAskedWhenTheFirstHadEndedUnnoticed() {
    serve(ScriptedWorker.Deaf.class);
    assertThat(answer("ines", "a b")).containsExactly("a", "b");
  }

  @Test
  void aQueryThatEndsItsWorkerFailsOnceAndTheNextIsAnswered() {
    serve();
    CallStatus ended = query("ines", "a die").run(frame -> {}, status -> {});
    assertThat(ended.description()).isEqualTo(Messages.INSIDE);
    assertThat(answer("ines", "b")).containsExactly("b");
  }
}
