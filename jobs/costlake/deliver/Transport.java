package costlake.deliver;

import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands one mail to a mail server, for all of its recipients or for none. */
interface Transport {
  /** Tries once. What went wrong is an answer, not an exception. */
  Answer handOver(MimeMessage message, List<String> recipients);

  /** Outcome of an attempt. */
  sealed interface Answer {}

  /**
   * The server took it.
   *
   * @param providerId what the service calls the message; null where it does not say
   */
  record Taken(@Nullable String providerId) implements Answer {}

  /** The server refuses this mail permanently; nobody receives it. */
  record Refused(String reason) implements Answer {}

  /** The server did not take it now; a later try may do. */
  record Later(String reason) implements Answer {}

  /** The server cannot be reached; no mail gets through now. */
  record Unreachable(String reason) implements Answer {}

  /** The server refuses the sender, not the mail: the operator has to act. */
  record Barred(String reason) implements Answer {}

  /** The answer got lost after the mail was sent: whether it was taken is unknown. */
  record Lost(String reason) implements Answer {}
}
