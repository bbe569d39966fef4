"""Intake's outbox on disk: what was answered is here first.

`record` defines the columns of a record, `frames` how records stand in a file, `segment` the files, `writer` the
group commit, `folder` what belongs to one process, and `reading` what the forwarder takes from them.
"""
