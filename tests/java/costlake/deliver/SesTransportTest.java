package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import costlake.config.MailConfig;
import costlake.outbox.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sends mails to a test server with the SES API v2: POST /v2/email/outbound-emails. */
class SesTransportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TO = List.of("a@example.com", "b@example.com");

  private final Deque<String> answers = new ArrayDeque<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private HttpServer server;

  @BeforeAll
  static void credentials() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterAll
  static void noCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/email/outbound-emails", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(JSON.readTree(exchange.getRequestBody()));
    String next = answers.isEmpty() ? "200 MessageId ses-1" : answers.poll();
    if (next.equals("DROP")) {
      exchange.close();
      return;
    }
    String[] parts = next.split(" ", 3);
    String body =
        parts[0].equals("200")
            ? "{\"MessageId\": \"%s\"}".formatted(parts[2])
            : "{\"message\": \"%s\"}".formatted(parts[2]);
    if (!parts[0].equals("200")) {
      exchange.getResponseHeaders().set("x-amzn-ErrorType", parts[1]);
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(Integer.parseInt(parts[0]), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void sendsTheWholeMessageWithCostlakesTag() {
    assertThat(handOver()).isEqualTo(new Transport.Accepted("ses-1"));
    JsonNode request = requests.get(0);
    assertThat(request.at("/Destination/ToAddresses").toString())
        .isEqualTo("[\"a@example.com\",\"b@example.com\"]");
    assertThat(request.at("/EmailTags/0/Name").asText()).isEqualTo("costlake-message");
    assertThat(request.at("/EmailTags/0/Value").asText()).isEqualTo("id-1");
    assertThat(request.at("/ConfigurationSetName").asText()).isEqualTo("events");
    assertThat(
            new String(
                Base64.getDecoder().decode(request.at("/Content/Raw/Data").asText()),
                StandardCharsets.UTF_8))
        .contains("Message-ID: <id-1@example.com>", "Cc: b@example.com");
  }

  @Test
  void doesNotRetry() {
    answers.addAll(
        List.of(
            "429 TooManyRequestsException slow down",
            "503 ServiceUnavailable busy",
            "500 InternalFailure oops",
            "DROP"));
    assertThat(handOver())
        .isEqualTo(new Transport.TemporarilyRefused("TooManyRequestsException: slow down"));
    assertThat(handOver()).isInstanceOf(Transport.TemporarilyRefused.class);
    assertThat(handOver())
        .as("SES does not know itself")
        .isInstanceOf(Transport.OutcomeUnknown.class);
    assertThat(handOver()).as("no answer").isInstanceOf(Transport.OutcomeUnknown.class);
    assertThat(requests).hasSize(4);
  }

  @Test
  void distinguishesRefusedMailsFromRefusedSenders() {
    answers.addAll(
        List.of(
            "400 MessageRejected Email address is not verified",
            "400 MailFromDomainNotVerifiedException no",
            "400 AccountSuspendedException no",
            "403 AccessDeniedException no"));
    assertThat(handOver())
        .isEqualTo(new Transport.Refused("MessageRejected: Email address is not verified"));
    assertThat(handOver()).isInstanceOf(Transport.SenderRefused.class);
    assertThat(handOver()).isInstanceOf(Transport.SenderRefused.class);
    assertThat(handOver()).isInstanceOf(Transport.SenderRefused.class);
  }

  @Test
  void missingServiceIsUnreachable() {
    server.stop(0);
    assertThat(handOver()).isInstanceOf(Transport.Unreachable.class);
  }

  private Transport.Answer handOver() {
    MailConfig config =
        new MailConfig(
            MailConfig.Transport.SES,
            null,
            null,
            null,
            5,
            1,
            0,
            new MailConfig.Smtp(null, null, MailConfig.Security.STARTTLS, null, null, null),
            new MailConfig.Ses(
                "eu-central-1", "http://localhost:" + server.getAddress().getPort(), "events"));
    MailContent content =
        new MailWriter(Locale.US, new LineLinks(null)).content(SampleIssues.issue("a", "A"));
    try (SesTransport ses = new SesTransport(config)) {
      return ses.handOver(
          new OutgoingMail(
              new MimeMessages("finops@example.com", "Example")
                  .message(
                      "id-1@example.com",
                      new Recipients(TO.subList(0, 1), TO.subList(1, 2)),
                      content,
                      Instant.parse("2026-10-01T08:00:00Z")),
              TO));
    }
  }
}
