"""A company of two bills and three months, small enough that a night takes seconds."""

from __future__ import annotations

import gzip
from pathlib import Path

MONTHS = ("2026-07", "2026-08", "2026-09")

AWS_HEADER = (
    "identity/LineItemId,identity/TimeInterval,bill/BillingEntity,bill/BillType,"
    "bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,"
    "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,"
    "lineItem/ProductCode,lineItem/UsageType,lineItem/Operation,lineItem/ResourceId,"
    "lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedRate,lineItem/UnblendedCost,"
    "lineItem/LineItemDescription,pricing/unit,pricing/publicOnDemandCost,product/region,"
    "resourceTags/user:Team\n"
)
FOCUS_HEADER = (
    "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,"
    "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,ChargeCategory,"
    "ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,"
    "BillingPeriodEnd,Tags\n"
)


def following(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def aws_line(month: str, day: int, cost: str) -> str:
    at = f"{month}-{day:02d}T"
    return (
        f"id-{day},{at}00:00:00Z/{at}01:00:00Z,AWS,Anniversary,111122223333,"
        f"{month}-01T00:00:00Z,{following(month)}-01T00:00:00Z,111122223333,Usage,"
        f"{at}00:00:00Z,{at}01:00:00Z,AmazonEC2,BoxUsage:m5.large,RunInstances,i-0abc{day},1,USD,"
        f"{cost},{cost},m5.large an hour,Hrs,{cost},us-east-1,search\n"
    )


def focus_line(month: str, day: int, cost: str) -> str:
    at = f"{month}-{day:02d}T"
    return (
        f"{cost},{cost},{cost},{cost},USD,acct-1,Microsoft,Microsoft,Microsoft,Compute,"
        f"Virtual Machines,Usage,Usage-Based,a machine,{at}00:00:00Z,{at}01:00:00Z,"
        f"{month}-01T00:00:00Z,{following(month)}-01T00:00:00Z,{{}}\n"
    )


class Company:
    """Its configuration, its exports and its lake, below one folder."""

    def __init__(self, folder: Path, mail_port: int) -> None:
        self.folder = folder
        self.conf = folder / "conf"
        self.write(
            "conf/sources.yml",
            "sources:\n"
            "  - {id: aws-payer, kind: aws-cur, location: ../exports/aws}\n"
            "  - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}\n",
        )
        self.write(
            "conf/owners.yml",
            "last_resort: {team: platform}\n"
            "teams:\n"
            "  - {id: platform, name: Platform, email: [platform@example.com]}\n"
            "  - {id: search, name: Search, email: [search@example.com]}\n",
        )
        self.write(
            "conf/costlake.yml",
            "lake: {root: ../lake}\n"
            "statement: {to: ../statements}\n"
            "company: {contact: finops@example.com}\n"
            "mail:\n"
            "  transport: smtp\n"
            f"  smtp: {{host: 127.0.0.1, port: {mail_port}, security: none}}\n",
        )
        for month in MONTHS:
            self.deliver(month, "20")
            self.write(
                f"exports/azure/{month}/part-0.csv",
                FOCUS_HEADER + focus_line(month, 1, "1.10") + focus_line(month, 2, "2.20"),
            )

    def deliver(self, month: str, second_day: str, *, cut_off: bool = False) -> None:
        """The AWS bill of a month; cut off, its last bytes are missing."""
        text = AWS_HEADER + aws_line(month, 1, "10.5") + aws_line(month, 2, second_day)
        packed = gzip.compress(text.encode())
        file = self.folder / f"exports/aws/{month}/bill.csv.gz"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(packed[: len(packed) // 2] if cut_off else packed)

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
