"""Creates jobs, an endpoint and a notebook in a server that speaks SageMaker. Prints what it created, by ARN, as JSON.

fill.py ADDRESS
"""

import json
import sys

import boto3

ROLE = "arn:aws:iam::123456789012:role/train"
TAGS = [{"Key": "team", "Value": "vision"}]
JOBS = 130


def training(client, name):
    return client.create_training_job(
        TrainingJobName=name,
        AlgorithmSpecification={"TrainingImage": "ranker:1", "TrainingInputMode": "File"},
        RoleArn=ROLE,
        OutputDataConfig={"S3OutputPath": "s3://models/out"},
        ResourceConfig={"InstanceType": "ml.p4d.24xlarge", "InstanceCount": 2, "VolumeSizeInGB": 50},
        StoppingCondition={"MaxRuntimeInSeconds": 3600, "MaxWaitTimeInSeconds": 7200},
        EnableManagedSpotTraining=True,
        CheckpointConfig={"S3Uri": "s3://models/checkpoints"},
        ExperimentConfig={"ExperimentName": "ranker"},
        Tags=TAGS,
    )["TrainingJobArn"]


def processing(client):
    return client.create_processing_job(
        ProcessingJobName="clean",
        ProcessingResources={"ClusterConfig": {"InstanceCount": 3, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}},
        AppSpecification={"ImageUri": "clean:1"},
        RoleArn=ROLE,
        Tags=TAGS,
    )["ProcessingJobArn"]


def tuning(client):
    return client.create_hyper_parameter_tuning_job(
        HyperParameterTuningJobName="sweep",
        HyperParameterTuningJobConfig={
            "Strategy": "Bayesian",
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 4, "MaxParallelTrainingJobs": 2},
        },
        Tags=TAGS,
    )["HyperParameterTuningJobArn"]


def endpoint(client):
    client.create_model(ModelName="ranker", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "ranker:1"})
    config = client.create_endpoint_config(
        EndpointConfigName="rank-1",
        ProductionVariants=[
            {
                "VariantName": "all",
                "ModelName": "ranker",
                "InitialInstanceCount": 2,
                "InstanceType": "ml.g4dn.xlarge",
                "InitialVariantWeight": 1.0,
            }
        ],
    )["EndpointConfigArn"]
    return config, client.create_endpoint(EndpointName="rank", EndpointConfigName="rank-1", Tags=TAGS)["EndpointArn"]


def main():
    client = boto3.client("sagemaker", endpoint_url=sys.argv[1])
    jobs = [training(client, f"fit-{number:03}") for number in range(JOBS)]
    jobs += [processing(client), tuning(client)]
    config, served = endpoint(client)
    notebook = client.create_notebook_instance(
        NotebookInstanceName="ann", InstanceType="ml.t3.medium", RoleArn=ROLE, Tags=TAGS
    )["NotebookInstanceArn"]
    json.dump({"jobs": sorted(jobs), "config": config, "endpoint": served, "notebook": notebook}, sys.stdout)


main()
