package costlake.cli;

import costlake.approve.Approvals;
import costlake.approve.Estimates;
import costlake.config.Config;
import costlake.config.MailConfig;
import costlake.core.Progress;
import costlake.deliver.ApprovalMail;
import costlake.deliver.ApprovalNotice;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import java.time.Instant;
import java.util.List;

/** The approvals of a lake, open for one command. */
final class ApprovalSession implements AutoCloseable {
  private final LakeSession session;
  private final Config config;
  private final Approvals approvals;

  private ApprovalSession(LakeSession session, Config config) {
    this.session = session;
    this.config = config;
    this.approvals =
        new Approvals(
            config,
            session.lake(),
            new Estimates(session.spark()::table, config.approvals()),
            Instant.now());
  }

  /**
   * Opens the approvals.
   *
   * @throws costlake.core.Failure with exit code 2 if no night has published what they read
   */
  static ApprovalSession open(Config config) {
    return in(LakeSession.ofLake(config), config);
  }

  /** Opens the approvals in a session; closing them closes it. */
  static ApprovalSession in(LakeSession session, Config config) {
    session.withTables(Estimates.READS::contains);
    Estimates.require(session.spark().catalog()::tableExists);
    return new ApprovalSession(session, config);
  }

  Approvals approvals() {
    return approvals;
  }

  Lake lake() {
    return session.lake();
  }

  /** Mails what is to be told of requests. */
  List<MessageChange<ApprovalNotice>> send(Progress progress) {
    return ApprovalMail.send(config, session.lake(), approvals, progress);
  }

  /** Tells launchers and people of an act that was recorded. */
  void tell(Progress progress) {
    approvals.publish();
    if (config.mail().transport() != MailConfig.Transport.NONE) {
      send(progress);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
