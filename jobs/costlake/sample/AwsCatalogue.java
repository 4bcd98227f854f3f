package costlake.sample;

import java.math.BigDecimal;
import java.util.List;

/** The AWS services that the company uses, at list prices of us-east-1. */
final class AwsCatalogue {
  static final List<MeteredService> TEAMS =
      MeteredService.parse(
          """
          search|AmazonS3|Amazon Simple Storage Service|Storage|TimedStorage-ByteHrs|StandardStorage|GB-Mo|0.023|1900|2400|aldermoor-crawl-#
          search|AmazonES|Amazon OpenSearch Service|Amazon OpenSearch Service Instance|ESInstance:r6g.2xlarge|ESDomain|Hrs|0.669|70|72|arn:aws:es:us-east-1:618204935612:domain/items-#
          search|AmazonDynamoDB|Amazon DynamoDB|Amazon DynamoDB PayPerRequest Throughput|ReadRequestUnits|PayPerRequestThroughput|ReadRequestUnits|0.000000125|90000000|240000000|arn:aws:dynamodb:us-east-1:618204935612:table/features-#
          search|AWSLambda|AWS Lambda|Serverless|Lambda-GB-Second|Invoke|Lambda-GB-Second|0.0000166667|400000|900000|arn:aws:lambda:us-east-1:618204935612:function:rank-#
          search|AmazonSageMaker|Amazon SageMaker|ML Instance|USE1-Notebk:ml.g5.2xlarge|RunInstance|Hrs|1.515|24|24|arn:aws:sagemaker:us-east-1:618204935612:notebook-instance/rank-lab-#
          vision|AmazonFSx|Amazon FSx|Storage|Lustre-SSD-250-Persistent|CreateFileSystem:Lustre|GB-Mo|0.21|600|640|arn:aws:fsx:us-east-1:618204935629:file-system/fs-#
          vision|AmazonS3|Amazon Simple Storage Service|Storage|TimedStorage-ByteHrs|StandardStorage|GB-Mo|0.023|5200|5900|aldermoor-images-#
          vision|AmazonSageMaker|Amazon SageMaker|ML Instance|USE1-Train:ml.g5.12xlarge|RunInstance|Hrs|7.09|6|18|arn:aws:sagemaker:us-east-1:618204935629:training-job/detect-#
          vision|AmazonSageMaker|Amazon SageMaker|ML Instance|USE1-Notebk:ml.g5.2xlarge|RunInstance|Hrs|1.515|24|24|arn:aws:sagemaker:us-east-1:618204935629:notebook-instance/vision-lab-#
          assistant|AmazonBedrock|Amazon Bedrock|Amazon Bedrock|USE1-NovaPro-input-tokens|InvokeModelInference|1K tokens|0.0008|90000|170000|arn:aws:bedrock:us-east-1:618204935646:application-inference-profile/#
          assistant|AmazonBedrock|Amazon Bedrock|Amazon Bedrock|USE1-NovaPro-output-tokens|InvokeModelInference|1K tokens|0.0032|12000|31000|arn:aws:bedrock:us-east-1:618204935646:application-inference-profile/#
          assistant|AmazonSageMaker|Amazon SageMaker|ML Instance|USE1-Host:ml.g5.xlarge|RunInstance|Hrs|1.408|48|48|arn:aws:sagemaker:us-east-1:618204935646:endpoint/asr-#
          assistant|AmazonS3|Amazon Simple Storage Service|Storage|TimedStorage-ByteHrs|StandardStorage|GB-Mo|0.023|1100|1300|aldermoor-speech-#
          ads|AmazonDynamoDB|Amazon DynamoDB|Amazon DynamoDB PayPerRequest Throughput|WriteRequestUnits|PayPerRequestThroughput|WriteRequestUnits|0.000000625|60000000|140000000|arn:aws:dynamodb:us-east-1:618204935663:table/bids-#
          ads|AmazonRDS|Amazon Relational Database Service|Database Instance|InstanceUsage:db.r6g.2xlarge|CreateDBInstance:0014|Hrs|0.9|24|24|arn:aws:rds:us-east-1:618204935663:db:campaigns-#
          ads|AmazonEC2|Amazon Elastic Compute Cloud|Compute Instance|BoxUsage:c7i.4xlarge|RunInstances|Hrs|0.714|60|96|i-0a5#
          data|AmazonRedshift|Amazon Redshift|Compute Instance|Node:ra3.4xlarge|RunComputeNode:0001|Hrs|3.26|72|96|arn:aws:redshift:us-east-1:618204935680:cluster:warehouse-#
          data|AWSGlue|AWS Glue|AWS Glue|ETL-DPU-Hour|Jobrun|DPU-Hour|0.44|300|720|arn:aws:glue:us-east-1:618204935680:job/ingest-#
          data|AmazonS3|Amazon Simple Storage Service|Storage|TimedStorage-ByteHrs|StandardStorage|GB-Mo|0.023|9800|11900|aldermoor-lake-#
          data|AmazonS3|Amazon Simple Storage Service|API Request|Requests-Tier1|PutObject|Requests|0.000005|2000000|9000000|aldermoor-lake-#
          data|AWSDataTransfer|AWS Data Transfer|Data Transfer|DataTransfer-Out-Bytes|GetObject|GB|0.09|240|520|aldermoor-share-#
          data|AmazonEC2|Amazon Elastic Compute Cloud|Storage|EBS:VolumeUsage.gp3|CreateVolume-Gp3|GB-Mo|0.08|410|430|vol-0#
          platform|AmazonEC2|Amazon Elastic Compute Cloud|Compute Instance|BoxUsage:m7i.2xlarge|RunInstances|Hrs|0.4032|96|130|i-0c1#
          platform|AmazonRDS|Amazon Relational Database Service|Database Instance|InstanceUsage:db.m7g.large|CreateDBInstance:0014|Hrs|0.168|24|24|arn:aws:rds:us-east-1:618204935697:db:portal-#
          sandbox|AmazonEC2|Amazon Elastic Compute Cloud|Compute Instance|BoxUsage:g5.xlarge|RunInstances|Hrs|1.006|4|24|i-0e7#
          sandbox|AmazonS3|Amazon Simple Storage Service|Storage|TimedStorage-ByteHrs|StandardStorage|GB-Mo|0.023|90|140|aldermoor-scratch-#""");

  /** Shared resources, with the pool that splits them. */
  static final List<MeteredService> SHARED =
      MeteredService.parse(
          """
          cluster|AmazonEKS|Amazon Elastic Container Service for Kubernetes|Compute|AmazonEKS-Hours:perCluster|CreateOperation|Hours|0.1|24|24|arn:aws:eks:us-east-1:618204935571:cluster/train-use1
          cluster|AmazonECR|Amazon EC2 Container Registry (ECR)|EC2 Container Registry|TimedStorage-ByteHrs|TimedStorage-ByteHrs|GB-Mo|0.1|55|61|arn:aws:ecr:us-east-1:618204935571:repository/models
          cluster|AmazonCloudWatch|AmazonCloudWatch|Data Payload|DataProcessing-Bytes|PutLogEvents|GB|0.5|160|310|arn:aws:logs:us-east-1:618204935571:log-group:train-use1
          network|AmazonEC2|Amazon Elastic Compute Cloud|NAT Gateway|NatGateway-Hours|NatGateway|Hrs|0.045|72|72|arn:aws:ec2:us-east-1:618204935588:natgateway/nat-0f3b9c4d7e21a8650
          network|AmazonEC2|Amazon Elastic Compute Cloud|NAT Gateway|NatGateway-Bytes|NatGateway|GB|0.045|1900|4300|arn:aws:ec2:us-east-1:618204935588:natgateway/nat-0f3b9c4d7e21a8650""");

  /** A bucket that went from one team to another in a reorganisation. */
  static final MeteredService HANDED_OVER =
      MeteredService.parse(
              "data|AmazonS3|Amazon Simple Storage Service|Storage|TimedStorage-ByteHrs|StandardStorage|GB-Mo|0.023|1500|1600|aldermoor-legacy-clickstream")
          .get(0);

  static final BigDecimal EDP_RATIO = new BigDecimal("0.06");
  static final BigDecimal PRICE_CHANGE_RATIO = new BigDecimal("0.9");

  static final String PLAN_ARN =
      "arn:aws:savingsplans::402316781950:savingsplan/5b1f0c0e-7a64-4c1d-9e4f-2f6f5d0e8a31";
  static final BigDecimal PLAN_HOUR_USD = new BigDecimal("36");
  static final BigDecimal PLAN_P5_HOUR_USD = new BigDecimal("31.464");
  static final BigDecimal PLAN_M7I_HOUR_USD = new BigDecimal("0.44352");
  static final BigDecimal M7I_4XLARGE_HOUR_USD = new BigDecimal("0.8064");
  static final int PLAN_M7I_COUNT = 6;

  static final String RESERVATION_ARN =
      "arn:aws:ec2:us-east-1:402316781950:reserved-instances/3d2a7a51-6c0e-4b0f-8f6e-91c5d7a2b604";
  static final BigDecimal RESERVED_UPFRONT_HOUR_USD = new BigDecimal("4.25");
  static final BigDecimal RESERVED_RECURRING_HOUR_USD = new BigDecimal("4.35");
  static final int RESERVED_COUNT = 2;

  private AwsCatalogue() {}

  static String pool(MeteredService offering) {
    return switch (offering.product()) {
      case "AmazonEKS" -> "k8s-control";
      case "AmazonECR" -> "registry";
      case "AmazonCloudWatch" -> "logging";
      default -> "network";
    };
  }
}
