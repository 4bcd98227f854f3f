package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedSageMakerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRAINING =
      """
      {"TrainingJobName":"fit","TrainingJobArn":"arn:fit","TrainingJobStatus":"Completed",
       "CreationTime":1789380000.5,"BillableTimeInSeconds":60,"EnableManagedSpotTraining":true,
       "ResourceConfig":{"InstanceType":"ml.g5.xlarge","InstanceCount":1,"VolumeSizeInGB":1},
       "FinalMetricDataList":[{"MetricName":"loss","Value":0.125,"Timestamp":1789380000}]}
      """;
  private static final String ENDPOINT =
      """
      {"EndpointName":"rank","EndpointArn":"arn:rank","EndpointConfigName":"rank-1",
       "EndpointStatus":"InService","CreationTime":1785542400,"LastModifiedTime":1785542400,
       "ProductionVariants":[{"VariantName":"all","CurrentInstanceCount":%d}]}
      """;

  @TempDir Path folder;

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    System.setProperty("aws.region", "eu-central-1");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answers.put("ListTrainingJobs", "{\"TrainingJobSummaries\":[]}");
    answers.put("ListHyperParameterTuningJobs", "{\"HyperParameterTuningJobSummaries\":[]}");
    answers.put("ListProcessingJobs", "{\"ProcessingJobSummaries\":[]}");
    answers.put("ListLabelingJobs", "{\"LabelingJobSummaryList\":[]}");
    answers.put("ListEndpoints", "{\"Endpoints\":[]}");
    answers.put("ListNotebookInstances", "{\"NotebookInstances\":[]}");
    answers.put("ListTags", "{\"Tags\":[{\"Key\":\"team\",\"Value\":\"vision\"}]}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.region").forEach(System::clearProperty);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String action = exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("SageMaker.", "");
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(action + " " + request);
    String answer = answers.getOrDefault(action, "{\"__type\":\"AccessDeniedException\"}");
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(answer.contains("__type") ? 400 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void listTraining(String... names) {
    List<String> jobs = new ArrayList<>();
    for (String name : names) {
      jobs.add("{\"TrainingJobName\":\"" + name + "\"}");
    }
    answers.put("ListTrainingJobs", "{\"TrainingJobSummaries\":[" + String.join(",", jobs) + "]}");
  }

  private Path fetch(String now, String query) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("sources.yml"),
        "sources:\n  - {id: aws, kind: sagemaker, url: 'http://127.0.0.1:%d%s'}\n"
            .formatted(server.getAddress().getPort(), query));
    Config config = Config.load(conf, null, Map.of("lake.root", folder.resolve("lake").toString()));
    Source source = config.sources().get(0);
    Path into = PinnedPaths.root(config).resolve("aws/.fetched");
    PinnedPaths.remove(into);
    Files.createDirectories(into);
    new FetchedSageMaker(config, source, Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
        .fetch(into);
    return into;
  }

  @Test
  void keepsWhatWasAnsweredWithTagsByTheMonthOfCreation() throws IOException {
    listTraining("fit");
    answers.put("DescribeTrainingJob", TRAINING);
    Path files = fetch("2026-09-20T03:00:00Z", "");
    List<String> lines = Files.readAllLines(files.resolve("2026-09/jobs.jsonl"));
    assertThat(lines).hasSize(1);
    JsonNode job = JSON.readTree(lines.get(0));
    assertThat(job.path("TrainingJobArn").asText()).isEqualTo("arn:fit");
    assertThat(job.path("CreationTime").asText()).isEqualTo("2026-09-14T10:00:00.500Z");
    assertThat(job.at("/ResourceConfig/InstanceCount").asInt()).isEqualTo(1);
    assertThat(job.at("/FinalMetricDataList/0/Value").toString()).isEqualTo("0.125");
    assertThat(job.at("/Tags/0/Value").asText()).isEqualTo("vision");
    assertThat(job.has("TuningJobArn")).isFalse();
    assertThat(files.resolve("2026-08")).doesNotExist();
  }

  @Test
  void asksForAllJobsFirstAndThenForThoseOfTwoMonths() throws IOException {
    Path files = fetch("2026-09-20T03:00:00Z", "");
    assertThat(asked).anyMatch(one -> one.startsWith("ListTrainingJobs {\"CreationTimeAfter\":0"));
    asked.clear();
    Files.createDirectories(files.resolveSibling("2026-09"));
    fetch("2026-09-20T03:00:00Z", "");
    assertThat(asked)
        .anyMatch(one -> one.startsWith("ListTrainingJobs {\"CreationTimeAfter\":1785542400"));
  }

  @Test
  void leavesOutAJobThatWasDeletedSinceItWasListed() throws IOException {
    listTraining("gone");
    answers.put(
        "DescribeTrainingJob",
        "{\"__type\":\"ValidationException\",\"message\":\"Requested resource not found.\"}");
    assertThat(fetch("2026-09-20T03:00:00Z", "")).isEmptyDirectory();
  }

  @Test
  void failsIfARequestIsInvalid() {
    listTraining("odd");
    answers.put(
        "DescribeTrainingJob",
        "{\"__type\":\"ValidationException\",\"message\":\"1 validation error detected\"}");
    assertThatThrownBy(() -> fetch("2026-09-20T03:00:00Z", ""))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("for source 'aws'", "1 validation error detected");
  }

  @Test
  void namesAMissingPermission() {
    answers.put(
        "ListTrainingJobs", "{\"__type\":\"AccessDeniedException\",\"message\":\"not allowed\"}");
    assertThatThrownBy(() -> fetch("2026-09-20T03:00:00Z", ""))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("for source 'aws'", "not allowed", "permissions");
  }

  @Test
  void describesOnlySelectedKinds() throws IOException {
    fetch("2026-09-20T03:00:00Z", "?kinds=processing,notebook");
    assertThat(asked)
        .extracting(one -> one.replaceFirst(" .*", ""))
        .containsExactly("ListProcessingJobs", "ListNotebookInstances");
    assertThatThrownBy(() -> fetch("2026-09-20T03:00:00Z", "?kinds=training,wishes"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'?kinds=training,wishes'");
  }

  @Test
  void keepsEarlierDescriptionsOfAnEndpoint() throws IOException {
    answers.put("ListEndpoints", "{\"Endpoints\":[{\"EndpointName\":\"rank\"}]}");
    answers.put(
        "DescribeEndpointConfig",
        "{\"EndpointConfigName\":\"rank-1\",\"EndpointConfigArn\":\"arn:c\",\"CreationTime\":0}");
    for (String night : List.of("07", "08", "09")) {
      answers.put("DescribeEndpoint", ENDPOINT.formatted(1));
      pin(fetch("2026-09-%sT03:00:00Z".formatted(night), ""), night);
    }
    answers.put("DescribeEndpoint", ENDPOINT.formatted(2));
    pin(fetch("2026-09-10T03:00:00Z", ""), "10");
    assertThat(observed("2026-09"))
        .containsExactly(
            "1 2026-09-07T03:00:00Z", "1 2026-09-09T03:00:00Z", "2 2026-09-10T03:00:00Z");

    pin(fetch("2026-10-01T03:00:00Z", ""), "11");
    pin(fetch("2026-10-02T03:00:00Z", ""), "12");
    assertThat(observed("2026-09")).hasSize(4).endsWith("2 2026-10-01T03:00:00Z");
    assertThat(observed("2026-10"))
        .containsExactly("2 2026-10-01T03:00:00Z", "2 2026-10-02T03:00:00Z");
  }

  /** Pins what was fetched as landing does. */
  private void pin(Path fetched, String id) throws IOException {
    for (String month : List.of("2026-08", "2026-09", "2026-10")) {
      Path standing = fetched.resolve(month).resolve("standing.jsonl");
      if (Files.exists(standing)) {
        Path pinned = Files.createDirectories(fetched.resolveSibling(month).resolve(id));
        Files.copy(standing, pinned.resolve("standing.jsonl"));
        new Receipt(
                "aws",
                "sagemaker",
                month + "-01",
                id,
                "",
                "",
                "2026-10-03T00:00:%sZ".formatted(id),
                List.of(),
                List.of(),
                List.of(),
                null,
                Map.of())
            .write(pinned);
      }
    }
  }

  private List<String> observed(String month) throws IOException {
    List<String> observed = new ArrayList<>();
    for (String line :
        Files.readAllLines(
            folder.resolve("lake/bronze/aws/.fetched/" + month + "/standing.jsonl"))) {
      JsonNode described = JSON.readTree(line);
      if (described.has("EndpointArn")) {
        observed.add(
            described.at("/ProductionVariants/0/CurrentInstanceCount").asText()
                + " "
                + described.path("ObservedAt").asText());
      }
    }
    return observed;
  }
}
