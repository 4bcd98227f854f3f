package costlake.approve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.approve.ApprovalAct.Kind;
import costlake.approve.RunRequest.Purpose;
import costlake.core.Failure;
import costlake.lake.Lake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people may do about requests, and what a run needs before it starts. */
class ApprovalsTest {
  private static final Instant ASKED = Instant.parse("2026-10-05T08:00:00Z");
  private static final Duration VALID = Duration.ofDays(14);
  private static final RunRequest LARGE = RunRequest.of("64xA100", new BigDecimal(96));

  @TempDir Path folder;
  private SampleEstimates sample;
  private Lake lake;

  @BeforeEach
  void open() {
    sample = SampleEstimates.below(folder, Map.of());
    lake = sample.lake();
  }

  private Approvals at(Instant now) {
    return new Approvals(sample.config(), lake, sample.estimates(), now);
  }

  private Approval ask(String run, String team, String actor) {
    Approvals approvals = at(ASKED);
    Purpose purpose = new Purpose(run, team, "ranker", "new data");
    return approvals.request(approvals.estimate(LARGE), purpose, actor);
  }

  private List<String> acts() {
    lake.registerViews("ops.approvals"::equals);
    return sample
        .session()
        .sql(
            """
            select concat_ws(' ', act_number, request_id, act, run_id, team_id, actor, reason, acted_at)
            from ops.approvals order by act_number
            """)
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  private void refused(ThrowingCallable act, String message) {
    List<Approval> before = at(ASKED).all();
    assertThatThrownBy(act).isInstanceOf(Failure.class).hasMessageContaining(message);
    assertThat(at(ASKED).all()).as("nothing is recorded").isEqualTo(before);
  }

  /** 64 x 96 x 2.5 = 15360; x 0.8 = 12288; x 1.25 = 19200. */
  @Test
  void aRequestHasTheFiguresThatWereKnown() {
    ApprovalRequest request = ask("r1", "search", "ann").request();
    assertThat(request.projectedCost()).isEqualByComparingTo("15360");
    assertThat(request.likely().low()).isEqualByComparingTo("12288");
    assertThat(request.likely().high()).isEqualByComparingTo("19200");
    assertThat(request.likely().pastRuns()).isEqualTo(5);
    assertThat(request.price().basis()).isEqualTo("effective");
    assertThat(request.price().until()).isEqualTo(LocalDate.parse("2026-09-28"));
    assertThat(sample.estimates().remaining("search").orElseThrow()).isEqualByComparingTo("700");
    assertThat(sample.estimates().remaining("ads")).isEmpty();
    assertThat(sample.estimates().likely("detector", BigDecimal.TEN))
        .isEqualTo(new LikelyRange(null, null, 4));
    assertThat(sample.estimates().likely(null, BigDecimal.TEN))
        .isEqualTo(new LikelyRange(null, null, 0));
  }

  @Test
  void aRequestIsDecidedOnceBySomebodyElse() {
    ask("r1", "search", "ann");
    Approval asked = ask("r2", "search", "carl");
    assertThat(asked.id()).isEqualTo("2");
    refused(
        () -> decide("1", "ann"), "ann made request 1 and may not decide about it. These may: bob");
    refused(
        () -> decide("2", "carl"),
        "carl made request 2 and may not decide about it. These may: ann, bob");
    refused(
        () -> decide("2", "dora"),
        "dora may not decide about runs of team search. These may, by owners.yml: ann, bob");
    refused(
        () -> decide("3", "ann"), "There is no request '3'. 'costlake approve list' shows all 2");
    Approvals later = at(ASKED.plusSeconds(60));
    later.decide("1", Kind.APPROVED, "go", "bob");
    later.decide("2", Kind.REJECTED, "too dear", "ann");
    refused(
        () -> decide("1", "bob"),
        "Cannot decide about request 1: it was approved by bob at 2026-10-05T08:01:00Z");
    assertThat(at(ASKED).all())
        .extracting(at(ASKED)::state)
        .containsExactly("approved", "rejected");
    assertThat(acts())
        .containsExactly(
            "1 1 requested r1 search ann new data 2026-10-05 08:00:00",
            "2 2 requested r2 search carl new data 2026-10-05 08:00:00",
            "3 1 approved r1 search bob go 2026-10-05 08:01:00",
            "4 2 rejected r2 search ann too dear 2026-10-05 08:01:00");
  }

  private void decide(String id, String actor) {
    at(ASKED).decide(id, Kind.APPROVED, "go", actor);
  }

  @Test
  void whatNobodyCouldDecideIsRefused() {
    refused(
        () -> ask("r1", "vision", "ann"), "Nobody but ann could decide about a run of team vision");
    refused(() -> ask("r1", "ads", "ann"), "Nobody but ann could decide about a run of team ads");
    refused(
        () -> ask("r1", "serach", "ann"),
        "No team in owners.yml is called 'serach'. Did you mean 'search'?");
    refused(
        () -> ask("old", "search", "ann"),
        "Run old has run already: it started at 2026-09-01T10:00:00Z. An approval must come before");
  }

  @Test
  void aRunHasOneOpenRequest() {
    ask("r1", "search", "ann");
    refused(
        () -> ask("r1", "search", "bob"), "Request 1 for run r1 is requested already. Withdraw it");
    refused(() -> at(ASKED).withdraw("1", "no", "dora"), "dora may not decide");
    at(ASKED).withdraw("1", "smaller", "ann");
    refused(
        () -> at(ASKED).withdraw("1", "again", "ann"),
        "Cannot withdraw request 1: it was withdrawn by ann at");
    refused(() -> decide("1", "bob"), "Cannot decide about request 1: it was withdrawn by ann");
    assertThat(ask("r1", "search", "bob").id()).isEqualTo("2");
  }

  @Test
  void aRequestExpiresAndSoDoesAnApprovalWhoseRunDoesNotStart() {
    ask("r1", "search", "ann");
    ask("r2", "search", "ann");
    at(ASKED.plusSeconds(60)).decide("1", Kind.APPROVED, "go", "bob");
    Instant end = ASKED.plus(VALID);
    assertThat(at(end.minusMillis(1)).all())
        .extracting(at(end.minusMillis(1))::state)
        .containsExactly("approved", "requested");
    assertThat(at(end).all()).extracting(at(end)::state).containsExactly("approved", "expired");
    refused(
        () -> at(end).decide("2", Kind.APPROVED, "go", "bob"),
        "Cannot decide about request 2: it expired at 2026-10-19T08:00:00Z. Make a new request");
    Instant later = end.plusSeconds(60);
    assertThat(at(later).state(at(later).all().get(0))).isEqualTo("expired");
    sample.runs("('r1', '2026-10-19 08:00:59', null, 'USD', 100)");
    assertThat(at(later).state(at(later).all().get(0))).isEqualTo("approved");
    sample.runs("('r1', '2026-10-19 08:01:00', null, 'USD', 100)");
    assertThat(at(later).state(at(later).all().get(0))).isEqualTo("expired");
  }

  @Test
  void aRunThatStartedMeanwhileCanNeitherBeDecidedNorWithdrawn() {
    ask("r1", "search", "ann");
    sample.runs("('r1', '2026-10-06 08:00:00', null, 'USD', 100)");
    refused(() -> decide("1", "bob"), "Run r1 has run already");
    refused(() -> at(ASKED).withdraw("1", "stop", "ann"), "Run r1 has run already");
  }

  @Test
  void pricesAreKnownOrTheErrorSaysWhereToStateThem() {
    refused(() -> price("8xA10"), "Unknown accelerator 'A10'. Did you mean 'A100'?");
    refused(() -> price("8xK80"), "No price of K80 in USD is known");
    refused(() -> price("H100"), "Cannot read the accelerators 'H100': write their number, x and");
    refused(() -> price("0xA100"), "Cannot read the accelerators '0xA100'");
    for (String hours : List.of("0", "-1", "9000", "0.0001")) {
      refused(
          () -> RunRequest.of("1xA100", new BigDecimal(hours)), "Cannot use " + hours + " hours");
    }
    assertThat(price("8Xa100")).isEqualTo("effective 240");
    assertThat(price("8xB200")).isEqualTo("list 1367.1936");
  }

  /** Returns the basis and the cost of twelve hours. */
  private String price(String accelerators) {
    Approvals.Estimate estimate =
        at(ASKED).estimate(RunRequest.of(accelerators, BigDecimal.valueOf(12)));
    return estimate.price().basis() + " " + estimate.cost().stripTrailingZeros().toPlainString();
  }

  /** The threshold is 10000 USD: 40 x 100 x 2.5. */
  @Test
  void aRunMayStartBelowTheThresholdOrWithAnApproval() {
    assertThat(check("r1", "40xA100", "99.999"))
        .isEqualTo(
            new StartCheck(
                true, "its projected cost USD 9999.90 is below the threshold of USD 10000.00"));
    assertThat(check("r1", "40xA100", "100").reason())
        .isEqualTo("its projected cost USD 10000.00 is not below the threshold of USD 10000.00");
    assertThat(StartCheck.of(at(ASKED), "r1", null).reason()).startsWith("nobody asked for it.");
    ask("r1", "search", "ann");
    assertThat(check("r1", "1xA100", "1"))
        .isEqualTo(new StartCheck(false, "request 1 is requested"));
    decide("1", "bob");
    assertThat(StartCheck.of(at(ASKED), "r1", null))
        .isEqualTo(new StartCheck(true, "request 1 is approved by bob"));
    assertThat(check("r1", "32xA100", "192").passes()).isTrue();
    assertThat(check("r1", "32xA100", "192.001").reason())
        .isEqualTo(
            "request 1 approves 64 x A100 40GB for 96 hours, and it asks for more or others");
    assertThat(check("r1", "1xB200", "1").passes()).isFalse();
    Instant late = ASKED.plus(VALID);
    assertThat(StartCheck.of(at(late), "r1", null))
        .isEqualTo(new StartCheck(false, "request 1 is expired"));
    assertThat(StartCheck.of(at(late), "r1", RunRequest.of("1xA100", BigDecimal.ONE)).passes())
        .as("an expired approval is none")
        .isTrue();
    sample.runs("('r1', '2026-10-06 08:00:00', null, 'USD', 15359.99)");
    assertThat(StartCheck.of(at(ASKED), "r1", null).passes()).isTrue();
    sample.runs("('r1', '2026-10-06 08:00:00', null, 'USD', 15360)");
    assertThat(StartCheck.of(at(ASKED), "r1", null))
        .isEqualTo(new StartCheck(false, "it has used up the cap of request 1"));
  }

  private StartCheck check(String run, String accelerators, @Nullable String hours) {
    return StartCheck.of(at(ASKED), run, RunRequest.of(accelerators, new BigDecimal(hours)));
  }
}
