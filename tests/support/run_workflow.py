"""Runs a workflow of GitHub Actions on this machine, as far as there are no machines of GitHub's.

    run_workflow.py WORKFLOW ORIGIN WORK CACHE SHEAF_SOURCE

The steps of its one job are done in their order: `run:` by bash, as GitHub runs it; checkout is a clone of ORIGIN into
WORK, in which the folder `sheaf` is examples/ and scripts/ of SHEAF_SOURCE; caches are kept in the folder CACHE by their
keys. Conditions and expressions are those below; any other is an error, and so is any other action. Exit: 1 where a step
failed, 2 where there was something that is not understood.
"""
import os
import re
import shutil
import subprocess
import sys

import yaml


class NotUnderstood(Exception):
    pass


class Job:
    def __init__(self, origin, work, cache, source):
        self.origin, self.work, self.cache, self.source = origin, work, cache, source
        self.known = {"runner.os": "Linux", "github.run_id": str(len(os.listdir(cache)) + 1), "github.run_attempt": "1"}
        self.failed = False

    def fill(self, text):
        def known(match):
            if match[1] not in self.known:
                raise NotUnderstood(f"expression {match[1]}")
            return self.known[match[1]]
        return re.sub(r"\$\{\{ *([a-z._-]+) *\}\}", known, str(text))

    def holds(self, condition):
        if condition is None:
            return not self.failed
        if condition == "always()":
            return True
        match = re.fullmatch(r"([a-z._-]+) != '(.*)'", condition)
        if not match:
            raise NotUnderstood(f"condition {condition}")
        return not self.failed and self.known.get(match[1], "") != match[2]

    def checkout(self, step):
        if step.get("with", {}) != {"submodules": True}:
            raise NotUnderstood("checkout")
        shutil.rmtree(self.work, ignore_errors=True)
        subprocess.run(["git", "clone", "-q", self.origin, self.work], check=True)
        for folder in ("examples", "scripts"):
            shutil.copytree(os.path.join(self.source, folder), os.path.join(self.work, "sheaf", folder))

    def restore(self, step):
        """The cache of this key, else the newest of which the key begins with one of restore-keys."""
        key, path = self.fill(step["with"]["key"]), os.path.join(self.work, step["with"]["path"])
        found = [name for name in os.listdir(self.cache) if name == key]
        for prefix in "" if found else step["with"].get("restore-keys", "").split():
            found += [name for name in os.listdir(self.cache) if name.startswith(prefix)]
        if "id" in step:
            self.known[f"steps.{step['id']}.outputs.cache-hit"] = "true" if key in found else ""
        if found:
            found.sort(key=lambda name: os.stat(os.path.join(self.cache, name)).st_mtime_ns)
            shutil.copytree(os.path.join(self.cache, found[-1]), path, symlinks=True)

    def save(self, step):
        key, path = self.fill(step["with"]["key"]), os.path.join(self.work, step["with"]["path"])
        if os.path.exists(path):
            to = os.path.join(self.cache, key)
            shutil.copytree(path, to, symlinks=True)
            os.utime(to)

    def run(self, step, env):
        output = os.path.join(self.cache, "..", "output")
        open(output, "w").close()
        env = {**env, **{k: self.fill(v) for k, v in step.get("env", {}).items()}, "GITHUB_OUTPUT": output,
               "GITHUB_ACTIONS": "true", "CI": "true"}
        done = subprocess.run(["bash", "-e", "-c", self.fill(step["run"])], cwd=self.work, env=env)
        with open(output) as file:
            for line in file:
                name, value = line.rstrip("\n").split("=", 1)
                self.known[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode == 0

    def step(self, step, env):
        actions = {"actions/checkout@v4": self.checkout, "actions/cache@v4": self.restore,
                   "actions/cache/restore@v4": self.restore, "actions/cache/save@v4": self.save}
        unknown = set(step) - {"name", "id", "if", "uses", "with", "run", "env", "timeout-minutes"}
        if unknown:
            raise NotUnderstood(f"{unknown} in a step")
        name = step.get("name", step.get("uses"))
        if not self.holds(step.get("if")):
            print(f"skipped: {name}", flush=True)
            return
        print(f"step: {name}", flush=True)
        if "uses" in step:
            actions[step["uses"]](step)
        elif not self.run(step, env):
            print(f"failed: {name}", flush=True)
            self.failed = True


def main():
    workflow, *folders = sys.argv[1:]
    with open(workflow, encoding="utf-8") as file:
        described = yaml.safe_load(file)
    (job,) = described["jobs"].values()
    runs = Job(*folders)
    # What the test sets counts more than the workflow: there is no arXiv here.
    env = {**{k: str(v) for k, v in described.get("env", {}).items()}, **os.environ}
    for step in job["steps"]:
        runs.step(step, env)
    return 1 if runs.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (NotUnderstood, KeyError) as error:
        print(f"not understood: {error!r}")
        sys.exit(2)
