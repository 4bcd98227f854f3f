package costlake.deliver;

import costlake.config.MailConfig;
import costlake.core.Failure;
import costlake.outbox.Transport;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Sends mails by Amazon SES, API version 2. The retries of the SDK are off, because a retry could
 * send a mail twice. SES replaces the Message-ID. The mail therefore has Costlake's Message-ID as
 * the tag {@link #TAG}, which the events of SES contain.
 */
final class SesTransport implements Transport<OutgoingMail>, AutoCloseable {
  /** Name of the tag. The value is the part of Costlake's Message-ID before the at sign. */
  static final String TAG = "costlake-message";

  private final MailConfig config;
  private final SesV2Client client;

  SesTransport(MailConfig config) {
    this.config = config;
    Duration timeout = Duration.ofSeconds(config.timeoutS());
    SesV2ClientBuilder builder =
        SesV2Client.builder()
            .region(Region.of(config.ses().region()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(timeout).socketTimeout(timeout))
            .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
    if (config.ses().endpoint() != null) {
      builder.endpointOverride(URI.create(config.ses().endpoint()));
    }
    this.client = builder.build();
  }

  @Override
  public String name() {
    return "ses";
  }

  @Override
  public Answer handOver(OutgoingMail mail) {
    SendEmailRequest request = request(mail.message(), mail.recipients());
    try {
      SendEmailResponse response = client.sendEmail(request);
      return new Accepted(response.messageId());
    } catch (SesV2Exception e) {
      return answer(e);
    } catch (SdkClientException e) {
      return answer(e);
    }
  }

  private SendEmailRequest request(MimeMessage message, List<String> recipients) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      message.writeTo(bytes);
      return SendEmailRequest.builder()
          .destination(d -> d.toAddresses(recipients))
          .content(c -> c.raw(r -> r.data(SdkBytes.fromByteArray(bytes.toByteArray()))))
          .configurationSetName(config.ses().configurationSet())
          .emailTags(MessageTag.builder().name(TAG).value(MimeMessages.tag(message)).build())
          .build();
    } catch (IOException | MessagingException e) {
      throw Failure.internal(e, "Failed to write a mail for Amazon SES: %s", e.getMessage());
    }
  }

  /**
   * Converts an error reply of SES to an answer. After a reply 5xx other than 503, the outcome is
   * unknown. After any other error reply, SES did not accept the mail.
   */
  private static Answer answer(SesV2Exception e) {
    String reason =
        e.awsErrorDetails() == null
            ? String.valueOf(e.getMessage())
            : e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
    if (e instanceof AccountSuspendedException
        || e instanceof MailFromDomainNotVerifiedException
        || e instanceof SendingPausedException
        || e instanceof NotFoundException
        || e.statusCode() == 401
        || e.statusCode() == 403) {
      return new SenderRefused(reason);
    }
    if (e.isThrottlingException() || e.statusCode() == 429 || e.statusCode() == 503) {
      return new TemporarilyRefused(reason);
    }
    return e.statusCode() >= 500 ? new OutcomeUnknown(reason) : new Refused(reason);
  }

  private static Answer answer(SdkClientException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage());
    if (cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException) {
      return new Unreachable(reason);
    }
    return cause instanceof IOException
        ? new OutcomeUnknown("the connection broke before Amazon SES answered: " + reason)
        : new SenderRefused(reason);
  }

  @Override
  public void close() {
    client.close();
  }
}
