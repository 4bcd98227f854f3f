package costlake.approve;

import costlake.approve.Estimates.KnownRun;
import costlake.approve.RunRequest.Purpose;
import costlake.config.ApprovalsConfig;
import costlake.config.Config;
import costlake.config.Owners;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.decide.OpsTable;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests for approvals, and what people may do about them. */
public final class Approvals {
  private final Config config;
  private final Lake lake;
  private final Estimates estimates;
  private final Instant now;
  private @Nullable Map<String, KnownRun> runs;

  /** Opens the approvals of a lake. */
  public Approvals(Config config, Lake lake, Estimates estimates, Instant now) {
    this.config = config;
    this.lake = lake;
    this.estimates = estimates;
    this.now = now;
  }

  /**
   * Writes the decision file for launchers, if one is configured.
   *
   * @throws Failure with exit code 2 if the file cannot be written
   */
  public void publish() {
    DecisionFile.publish(settings(), this, estimates.prices(), now);
  }

  /** What a run would cost. */
  public record Estimate(RunRequest wish, Price price, BigDecimal cost, BigDecimal costMin) {
    /** Whether the run needs an approval. */
    public boolean needsApproval() {
      return cost.compareTo(costMin) >= 0;
    }
  }

  /**
   * Returns what a run would cost.
   *
   * @throws Failure with exit code 2 if the accelerator is unknown or has no price
   */
  public Estimate estimate(RunRequest wish) {
    Price price = estimates.price(wish);
    return new Estimate(wish, price, Estimates.cost(wish, price), settings().costMin());
  }

  /** Returns all requests, oldest first. */
  public List<Approval> all() {
    return lake.decided().of(new ApprovalKind()).inForce().values().stream()
        .map(Approval::of)
        .sorted(Comparator.comparingLong(approval -> Long.parseLong(approval.id())))
        .toList();
  }

  /** Returns the last request for a run. */
  public Optional<Approval> ofRun(String runId) {
    return all().stream()
        .filter(approval -> approval.request().runId().equals(runId))
        .reduce((earlier, later) -> later);
  }

  /** Returns requested, approved, rejected, withdrawn or expired. */
  public String state(Approval approval) {
    return approval.state(now, startedAt(approval));
  }

  /** Whether the request is neither withdrawn nor expired. */
  boolean isInForce(Approval approval) {
    return approval.act() != ApprovalAct.Kind.WITHDRAWN
        && !state(approval).equals(Approval.EXPIRED);
  }

  /** Whether somebody acted about a request so lately that it is not past by the clock. */
  public boolean isRecent(Approval approval) {
    return now.isBefore(approval.expiresAt());
  }

  private @Nullable Instant startedAt(Approval approval) {
    return known(approval).map(KnownRun::startedAt).orElse(null);
  }

  /** Returns what a run cost so far, if a night knows it. */
  public Optional<BigDecimal> used(Approval approval) {
    return known(approval).map(KnownRun::cost);
  }

  /** Returns what a night knows of the run; empty if it did not start. */
  Optional<KnownRun> known(Approval approval) {
    if (runs == null) {
      runs = estimates.runs(all().stream().map(one -> one.request().runId()).toList());
    }
    return Optional.ofNullable(runs.get(approval.request().runId()));
  }

  /**
   * Refuses a request that nobody could decide.
   *
   * @throws Failure with exit code 2 if the team is unknown or has no other approver, or if the run
   *     started
   */
  public void refuseImpossible(Purpose purpose, String actor) {
    refuseUnknownTeam(purpose.teamId());
    refuseWithoutApprover(purpose.teamId(), actor);
    refuseStarted(purpose.runId());
  }

  /** Returns who may decide about a request, as owners.yml says now. */
  public List<String> approvers(ApprovalRequest request) {
    return approvers(request.teamId(), request.requester());
  }

  /** Returns the smallest amount that is left of a current budget of a team. */
  public Optional<BigDecimal> remaining(String teamId) {
    return estimates.remaining(teamId);
  }

  /**
   * Records a request.
   *
   * @throws Failure with exit code 2 if the run may not be requested; nothing is recorded then
   */
  public Approval request(Estimate estimate, Purpose purpose, String actor) {
    refuseImpossible(purpose, actor);
    try (DecisionStage<ApprovalAct> stage = begin("approve request")) {
      refuseSecond(purpose.runId());
      ApprovalRequest request = request(estimate, purpose, actor, Integer.toString(nextId()));
      return record(stage, ApprovalAct.Kind.REQUESTED, request, actor, purpose.why());
    }
  }

  private ApprovalRequest request(Estimate estimate, Purpose purpose, String actor, String id) {
    RunRequest wish = estimate.wish();
    return new ApprovalRequest(
        id,
        purpose.runId(),
        purpose.teamId(),
        purpose.projectId(),
        wish.accelerators(),
        wish.hours(),
        estimate.price(),
        estimate.cost(),
        estimates.likely(purpose.projectId(), estimate.cost()),
        actor,
        now,
        purpose.why());
  }

  private int nextId() {
    return all().size() + 1;
  }

  /**
   * Approves or rejects a request.
   *
   * @param kind {@code APPROVED} or {@code REJECTED}
   * @throws Failure with exit code 2 if the person may not decide, or nothing is left to decide;
   *     nothing is recorded then
   */
  public Approval decide(String id, ApprovalAct.Kind kind, String reason, String actor) {
    try (DecisionStage<ApprovalAct> stage = begin("approve decide")) {
      Approval asked = find(id);
      refuseDecided(asked);
      refuseUnentitled(asked, actor);
      refuseStarted(asked.request().runId());
      return record(stage, kind, asked.request(), actor, reason);
    }
  }

  /**
   * Withdraws a request or an approval.
   *
   * @throws Failure with exit code 2 if the person is neither the requester nor an approver, or if
   *     the run started; nothing is recorded then
   */
  public Approval withdraw(String id, String reason, String actor) {
    try (DecisionStage<ApprovalAct> stage = begin("approve withdraw")) {
      Approval asked = find(id);
      refuseClosed(asked);
      if (!asked.request().requester().equals(actor)) {
        refuseUnentitled(asked, actor);
      }
      refuseStarted(asked.request().runId());
      return record(stage, ApprovalAct.Kind.WITHDRAWN, asked.request(), actor, reason);
    }
  }

  private DecisionStage<ApprovalAct> begin(String command) {
    return lake.begin(new ApprovalKind(), command);
  }

  private Approval record(
      DecisionStage<ApprovalAct> stage,
      ApprovalAct.Kind kind,
      ApprovalRequest request,
      String actor,
      @Nullable String reason) {
    Instant expires = now.plus(Duration.ofDays(settings().validDays()));
    return Approval.of(stage.decide(now, actor, reason, new ApprovalAct(kind, request, expires)));
  }

  private ApprovalsConfig settings() {
    return config.approvals();
  }

  private List<String> approvers(String teamId, String requester) {
    return config.owners().teams().stream()
        .filter(team -> team.id().equals(teamId))
        .flatMap(team -> team.approvers().stream())
        .map(Owners.Approver::user)
        .filter(user -> !user.equals(requester))
        .toList();
  }

  private void refuseUnknownTeam(String id) {
    List<String> teams = config.owners().teams().stream().map(Owners.Team::id).toList();
    if (!teams.contains(id)) {
      throw Failure.operator(
          "No team in owners.yml is called '%s'.%s", id, Nearest.hint(id, teams));
    }
  }

  private void refuseWithoutApprover(String teamId, String requester) {
    if (approvers(teamId, requester).isEmpty()) {
      throw Failure.operator(
          """
          Nobody but %s could decide about a run of team %s. Add people under 'approvers' of the
          team in owners.yml
          """,
          requester, teamId);
    }
  }

  private Approval find(String id) {
    List<Approval> all = all();
    return all.stream()
        .filter(approval -> approval.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.operator(
                    "There is no request '%s'. 'costlake approve list' shows all %d",
                    id, all.size()));
  }

  private void refuseStarted(String runId) {
    KnownRun run = estimates.runs(List.of(runId)).get(runId);
    if (run != null) {
      throw Failure.operator(
          "Run %s has run already%s. An approval must come before it starts",
          runId, run.startedAt() == null ? "" : ": it started at " + run.startedAt());
    }
  }

  private void refuseSecond(String runId) {
    ofRun(runId)
        .filter(this::isOpen)
        .ifPresent(
            other -> {
              throw Failure.operator(
                  """
                  Request %s for run %s is %s already. Withdraw it first: costlake approve withdraw
                  %s --why TEXT
                  """,
                  other.id(), runId, state(other), other.id());
            });
  }

  private boolean isOpen(Approval approval) {
    return Set.of(Approval.REQUESTED, Approval.APPROVED).contains(state(approval));
  }

  private void refuseDecided(Approval asked) {
    if (!state(asked).equals(Approval.REQUESTED)) {
      throw Failure.operator("Cannot decide about request %s: %s", asked.id(), standing(asked));
    }
  }

  private void refuseClosed(Approval asked) {
    if (!isOpen(asked)) {
      throw Failure.operator("Cannot withdraw request %s: %s", asked.id(), standing(asked));
    }
  }

  private String standing(Approval asked) {
    return state(asked).equals(Approval.EXPIRED)
        ? "it expired at %s. Make a new request".formatted(asked.expiresAt())
        : "it was %s by %s at %s"
            .formatted(OpsTable.word(asked.act()), asked.actor(), asked.actedAt());
  }

  private void refuseUnentitled(Approval asked, String actor) {
    String requester = asked.request().requester();
    if (actor.equals(requester)) {
      throw Failure.operator(
          "%s made request %s and may not decide about it. These may: %s",
          actor, asked.id(), String.join(", ", approvers(asked.request())));
    }
    List<String> approvers = approvers(asked.request());
    if (!approvers.contains(actor)) {
      throw Failure.operator(
          "%s may not decide about runs of team %s. These may, by owners.yml: %s",
          actor, asked.request().teamId(), String.join(", ", approvers));
    }
  }
}
