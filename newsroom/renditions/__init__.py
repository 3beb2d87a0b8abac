"""Pictures made safe and small. Knows files, no model.

``sizes`` names every size; ``drawing``, ``metadata`` and ``packet`` do the work in a process that
``child`` runs within narrow limits; ``bounded`` starts that process and says in words what went
wrong. Nothing of a foreign file is decoded or parsed anywhere else.
"""
