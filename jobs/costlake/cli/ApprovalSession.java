package costlake.cli;

import costlake.approve.Approvals;
import costlake.approve.Estimates;
import costlake.config.Config;
import java.time.Instant;

/** The approvals of a lake, open for one command. */
final class ApprovalSession implements AutoCloseable {
  private final LakeSession session;
  private final Estimates estimates;
  private final Approvals approvals;

  private ApprovalSession(LakeSession session, Config config) {
    this.session = session;
    this.estimates = new Estimates(session.spark()::table, config.approvals());
    this.approvals = new Approvals(config, session.lake(), estimates, Instant.now());
  }

  /**
   * Opens the approvals.
   *
   * @throws costlake.core.Failure with exit code 2 if no night has published what they read
   */
  static ApprovalSession open(Config config) {
    LakeSession session = LakeSession.ofLake(config);
    session.withTables(Estimates.READS::contains);
    Estimates.require(session.spark().catalog()::tableExists);
    return new ApprovalSession(session, config);
  }

  Approvals approvals() {
    return approvals;
  }

  Estimates estimates() {
    return estimates;
  }

  @Override
  public void close() {
    session.close();
  }
}
