"""Print the Secrets of an installation, freshly made.

Run it once, keep the output where your secrets live, and apply it before anything else:

    python deploy/k8s/make_secrets.py > secrets.yaml
    kubectl apply --namespace tutti --filename secrets.yaml

Made again, every link already sent is worth nothing: keep it.
"""

import argparse
import json
import sys
from urllib.parse import quote

import yaml

from local_stack.keys import Keys
from local_stack.layout import SERVICES

_READS_TOKENS = {"lui", "tracker", "mailer"}


def secrets(keys: Keys, database: str) -> list[dict[str, object]]:
    """One Secret a service, one for NATS, one for the simple PostgreSQL of overlays/small."""
    values: dict[str, dict[str, str]] = {}
    public = json.dumps(keys.service_public_keys())
    for service in SERVICES:
        password = keys.database_passwords[service]
        own = {
            "DATABASE_URL": f"postgresql+psycopg://{service}:{quote(password, safe='')}@{database}/tutti",
            "NATS_PASSWORD": keys.nats_passwords[service],
            "SERVICE_PRIVATE_KEY": keys.service_private_keys[service],
            "SERVICE_PUBLIC_KEYS": public,
        }
        if service in _READS_TOKENS:
            own["TOKEN_KEYS"] = keys.token_key
        if service == "hub":
            own["ENCRYPTION_KEY"] = keys.hub_encryption_key
        if service == "mailer":
            own["ENCRYPTION_KEY"] = keys.mailer_encryption_key
        values[f"{service}-secrets"] = {f"{service.upper()}_{name}": value for name, value in own.items()}
    values["nats-secrets"] = {f"{service.upper()}_NATS_PASSWORD": keys.nats_passwords[service] for service in SERVICES}
    values["postgres-secrets"] = {"POSTGRES_PASSWORD": keys.postgres_password} | {
        f"{service.upper()}_DATABASE_PASSWORD": keys.database_passwords[service] for service in SERVICES
    }
    return [
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "type": "Opaque", "stringData": data}
        for name, data in values.items()
    ]


def main() -> None:
    """Print them as YAML."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="postgres:5432", help="PostgreSQL as the pods reach it")
    yaml.safe_dump_all(secrets(Keys(), parser.parse_args().database), sys.stdout, sort_keys=False)


if __name__ == "__main__":
    main()
