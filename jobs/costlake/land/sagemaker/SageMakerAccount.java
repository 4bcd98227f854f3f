package costlake.land.sagemaker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.core.Failure;
import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClientBuilder;
import software.amazon.awssdk.services.sagemaker.model.EndpointSummary;
import software.amazon.awssdk.services.sagemaker.model.HyperParameterTuningJobSummary;
import software.amazon.awssdk.services.sagemaker.model.LabelingJobSummary;
import software.amazon.awssdk.services.sagemaker.model.NotebookInstanceSummary;
import software.amazon.awssdk.services.sagemaker.model.ProcessingJobSummary;
import software.amazon.awssdk.services.sagemaker.model.TrainingJobSummary;

/**
 * Describes the jobs, endpoints and notebooks of an account in a region. The AWS SDK finds the
 * credentials, and retries requests.
 *
 * <p>The address may end in {@code ?kinds=training,endpoint}, which limits what is described to
 * some of {@link #KINDS}.
 */
public final class SageMakerAccount implements Closeable {
  /** What is described. */
  public static final Set<String> KINDS =
      Set.of("training", "tuning", "processing", "labelling", "endpoint", "notebook");

  private static final Pattern REGION = Pattern.compile("(?:^|[.-])([a-z]{2}(?:-[a-z]+)+-\\d)\\.");
  private static final Pattern SELECTION = Pattern.compile("kinds=([a-z,]+)");
  private static final Duration CALL_MAX = Duration.ofMinutes(5);
  private static final int SERVER_FAULT = 500;

  /** Answers that say that a resource does not exist any more: code and message. */
  private static final Pattern GONE =
      Pattern.compile(
          "ResourceNotFound(Exception)?: .*"
              + "|ValidationException: .*(not ?found|could not find|does not exist).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * How resources of a kind are listed and described.
   *
   * @param names returns the names of those that were created at a time or later
   * @param by describes a resource by its name
   * @param arn member of the description that has the ARN
   */
  private record Listing(
      String kind,
      Function<Instant, Stream<String>> names,
      Function<String, SdkPojo> by,
      String arn) {}

  private final String source;
  private final URI address;
  private final Set<String> kinds;
  private final SageMakerClient client;

  /**
   * Opens an account.
   *
   * @param source id of the source, for messages
   * @param url address of the API, e.g. {@code https://api.sagemaker.eu-central-1.amazonaws.com};
   *     of another address, the settings of the AWS SDK have the region
   * @throws Failure with exit code 2 if the address selects unknown kinds
   */
  public SageMakerAccount(String source, String url) {
    this.source = source;
    URI whole = URI.create(url);
    this.address = URI.create(url.replaceFirst("[?#].*", ""));
    this.kinds = kinds(source, Optional.ofNullable(whole.getQuery()));
    SageMakerClientBuilder builder =
        SageMakerClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(limits -> limits.apiCallTimeout(CALL_MAX))
            .endpointOverride(address);
    Matcher region = REGION.matcher(String.valueOf(address.getHost()));
    this.client = built(region.find() ? builder.region(Region.of(region.group(1))) : builder);
  }

  private SageMakerClient built(SageMakerClientBuilder builder) {
    try {
      return builder.build();
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private static Set<String> kinds(String source, Optional<String> query) {
    if (query.isEmpty()) {
      return KINDS;
    }
    Matcher selection = SELECTION.matcher(query.get());
    Set<String> chosen =
        selection.matches() ? new TreeSet<>(List.of(selection.group(1).split(",", -1))) : Set.of();
    if (chosen.isEmpty() || !KINDS.containsAll(chosen)) {
      throw Failure.operator(
          "Cannot describe SageMaker for source '%s': its url ends in '?%s'. Write ?kinds= and some"
              + " of %s, with commas between them, or nothing.",
          source, query.get(), String.join(", ", new TreeSet<>(KINDS)));
    }
    return Set.copyOf(chosen);
  }

  /**
   * Describes the jobs that were created at a time or later.
   *
   * @throws Failure with exit code 2 if the API refuses a request; with exit code 4 if it cannot be
   *     reached or fails
   */
  public void jobs(Instant since, Consumer<ObjectNode> to) {
    try {
      for (Listing listing : List.of(training(), tuning(), processing(), labelling())) {
        describe(listing, since, to);
      }
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  /**
   * Describes the endpoints, each with its configuration, and the notebooks that exist now.
   *
   * @throws Failure as {@link #jobs}
   */
  public void standing(Consumer<ObjectNode> to) {
    Set<String> configurations = new TreeSet<>();
    try {
      describe(
          endpoints(),
          Instant.EPOCH,
          endpoint -> {
            configurations.add(endpoint.path("EndpointConfigName").asText());
            to.accept(endpoint);
          });
      describe(configurations(configurations), Instant.EPOCH, to);
      describe(notebooks(), Instant.EPOCH, to);
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private Listing training() {
    return new Listing(
        "training",
        since ->
            client
                .listTrainingJobsPaginator(list -> list.creationTimeAfter(since))
                .trainingJobSummaries()
                .stream()
                .map(TrainingJobSummary::trainingJobName),
        name -> client.describeTrainingJob(job -> job.trainingJobName(name)),
        "TrainingJobArn");
  }

  private Listing tuning() {
    return new Listing(
        "tuning",
        since ->
            client
                .listHyperParameterTuningJobsPaginator(list -> list.creationTimeAfter(since))
                .hyperParameterTuningJobSummaries()
                .stream()
                .map(HyperParameterTuningJobSummary::hyperParameterTuningJobName),
        name ->
            client.describeHyperParameterTuningJob(job -> job.hyperParameterTuningJobName(name)),
        "HyperParameterTuningJobArn");
  }

  private Listing processing() {
    return new Listing(
        "processing",
        since ->
            client
                .listProcessingJobsPaginator(list -> list.creationTimeAfter(since))
                .processingJobSummaries()
                .stream()
                .map(ProcessingJobSummary::processingJobName),
        name -> client.describeProcessingJob(job -> job.processingJobName(name)),
        "ProcessingJobArn");
  }

  private Listing labelling() {
    return new Listing(
        "labelling",
        since ->
            client
                .listLabelingJobsPaginator(list -> list.creationTimeAfter(since))
                .labelingJobSummaryList()
                .stream()
                .map(LabelingJobSummary::labelingJobName),
        name -> client.describeLabelingJob(job -> job.labelingJobName(name)),
        "LabelingJobArn");
  }

  private Listing endpoints() {
    return new Listing(
        "endpoint",
        any ->
            client.listEndpointsPaginator().endpoints().stream().map(EndpointSummary::endpointName),
        name -> client.describeEndpoint(endpoint -> endpoint.endpointName(name)),
        "EndpointArn");
  }

  private Listing configurations(Set<String> names) {
    return new Listing(
        "endpoint",
        any -> names.stream(),
        name -> client.describeEndpointConfig(config -> config.endpointConfigName(name)),
        "EndpointConfigArn");
  }

  private Listing notebooks() {
    return new Listing(
        "notebook",
        any ->
            client.listNotebookInstancesPaginator().notebookInstances().stream()
                .map(NotebookInstanceSummary::notebookInstanceName),
        name -> client.describeNotebookInstance(one -> one.notebookInstanceName(name)),
        "NotebookInstanceArn");
  }

  /**
   * Checks that the API answers.
   *
   * @throws Failure as {@link #jobs}
   */
  public void reach() {
    try {
      client.listTrainingJobs(list -> list.maxResults(1));
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  /** Describes resources with their tags, except those that were deleted since they were listed. */
  private void describe(Listing listing, Instant since, Consumer<ObjectNode> to) {
    if (!kinds.contains(listing.kind())) {
      return;
    }
    for (String name : listing.names().apply(since).sorted().toList()) {
      try {
        ObjectNode described = SdkJson.object(listing.by().apply(name));
        if (!described.has("Tags")) {
          described.set("Tags", tags(described.path(listing.arn()).asText()));
        }
        to.accept(described);
      } catch (AwsServiceException e) {
        if (!isGone(e)) {
          throw e;
        }
      }
    }
  }

  private ArrayNode tags(String arn) {
    ArrayNode tags = SdkJson.list();
    client.listTagsPaginator(list -> list.resourceArn(arn)).tags().stream()
        .map(SdkJson::object)
        .forEach(tags::add);
    return tags;
  }

  private static boolean isGone(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(error -> error.errorCode() + ": " + error.errorMessage())
        .filter(error -> GONE.matcher(error).matches())
        .isPresent();
  }

  private Failure failure(SdkException e) {
    String message =
        "Cannot describe SageMaker at "
            + address
            + " for source '"
            + source
            + "': "
            + e.getMessage();
    return e instanceof AwsServiceException answer && answer.statusCode() < SERVER_FAULT
        ? Failure.operator(
            e, "%s. Check the address, the region, the credentials and their permissions.", message)
        : Failure.internal(e, "%s. Check the address, and try again.", message);
  }

  @Override
  public void close() {
    client.close();
  }
}
